using Dapper;
using Messages.CommunicationsIngest;
using Messages.Contacts;
using Messaging.Consuming;
using Messaging.Sending;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using ServiceDefaults;
using ServiceDefaults.Postgres;

namespace Messaging.Tests;

/// <summary>A whole service in this process: real database, real broker. It publishes interactions, or records them, or both.</summary>
internal sealed class Service : IAsyncDisposable
{
    private readonly WebApplication _app;

    private Service(WebApplication app, string database)
    {
        _app = app;
        Database = database;
    }

    /// <summary>Its database owner's connection string.</summary>
    public string Database { get; }

    public IServiceProvider Services => _app.Services;

    public static async Task<Service> StartAsync(string database, Uri broker, Action<MessagingBuilder> messaging, Action<IServiceCollection>? configure = null)
    {
        var builder = WebApplication.CreateBuilder(
            new WebApplicationOptions { ApplicationName = typeof(Service).Assembly.GetName().Name, EnvironmentName = Environments.Development }
        );
        builder.Configuration.AddInMemoryCollection(
            new Dictionary<string, string?> { ["ConnectionStrings:testdb"] = database, ["ConnectionStrings:messaging"] = broker.AbsoluteUri }
        );
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.AddServiceDefaults();
        builder.Logging.ClearProviders();
        builder.AddPostgres("testdb");
        builder.AddMessaging("contacts", messaging);
        configure?.Invoke(builder.Services);
        var app = builder.Build();
        app.UseServiceDefaults();
        await app.StartAsync();
        return new(app, database);
    }

    /// <summary>Commits one unit of work that records these interactions, as a webhook would.</summary>
    public async Task RecordAsync(Guid workspaceId, params IEnumerable<InteractionRecorded> interactions)
    {
        await using var work = Services.GetRequiredService<Database>().Begin(workspaceId);
        var outbox = Services.GetRequiredService<Outbox>();
        foreach (var interaction in interactions)
        {
            outbox.Enqueue(work, Messages.Actor.System, interaction);
        }
        await work.CommitAsync();
    }

    public Task<long> CountAsync(string sql) => QueryAsync<long>(sql);

    public async Task<T> QueryAsync<T>(string sql)
    {
        await using var connection = new NpgsqlConnection(Database);
        return (await connection.QuerySingleAsync<T>(sql))!;
    }

    public static IEnumerable<InteractionRecorded> Interactions(int count) =>
        Enumerable
            .Range(0, count)
            .Select(_ => new InteractionRecorded
            {
                InteractionId = Guid.CreateVersion7(),
                ConversationId = Guid.CreateVersion7(),
                Channel = Channel.Text,
                Direction = Direction.Inbound,
                Participant = new(IdentityKind.Phone, "+16045551234"),
                At = TimeProvider.System.GetUtcNow(),
            });

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
