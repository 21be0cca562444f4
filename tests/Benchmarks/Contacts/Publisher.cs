using global::Messaging;
using global::Messaging.Sending;
using Messages;
using Messages.CommunicationsIngest;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ServiceDefaults;
using ServiceDefaults.Postgres;

namespace Benchmarks.Contacts;

/// <summary>Stands where CommunicationsIngest stands: its events leave through an outbox and a relay.</summary>
internal sealed class Publisher : IAsyncDisposable
{
    private readonly WebApplication _app;

    private Publisher(WebApplication app) => _app = app;

    public static async Task<Publisher> StartAsync(Servers servers, string database)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ApplicationName = typeof(Publisher).Assembly.GetName().Name });
        builder.Configuration["ConnectionStrings:benchmarkdb"] = await servers.DatabaseAsync(database);
        builder.Configuration["ConnectionStrings:messaging"] = servers.Rabbit.AmqpUri.AbsoluteUri;
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.AddServiceDefaults();
        builder.Logging.ClearProviders();
        builder.AddPostgres("benchmarkdb");
        builder.AddMessaging("communications", messaging => messaging.Publishes<InteractionRecorded>());
        var app = builder.Build();
        await app.StartAsync();
        return new(app);
    }

    /// <summary>In one transaction, whose commit wakes the relay, so that it finds them all at once.</summary>
    public async Task EnqueueAsync(Guid workspaceId, IEnumerable<InteractionRecorded> interactions)
    {
        await using var work = _app.Services.GetRequiredService<Database>().Begin(workspaceId);
        var outbox = _app.Services.GetRequiredService<Outbox>();
        foreach (var interaction in interactions)
        {
            outbox.Enqueue(work, Actor.System, interaction);
        }
        await work.CommitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
