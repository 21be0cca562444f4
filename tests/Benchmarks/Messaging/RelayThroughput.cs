using System.Diagnostics;
using global::Messaging;
using Dapper;
using global::Messaging.Consuming;
using global::Messaging.Sending;
using Messages;
using Messages.CommunicationsIngest;
using Messages.Contacts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using RabbitMQ.Client;
using ServiceDefaults;
using ServiceDefaults.Postgres;

namespace Benchmarks.Messaging;

/// <summary>Events per second through the relay and through relay, broker, inbox and effect, beside a bare client that publishes as many messages with confirms, 200 in flight.</summary>
internal static class RelayThroughput
{
    private const int Events = 50_000;

    public static async Task<Measurement[]> RunAsync(Servers servers)
    {
        var bare = await PublishBareAsync(servers);

        await using var publisher = await StartAsync(servers, "publisherdb", messaging => messaging.Publishes<InteractionRecorded>());
        var relayed = await RelayAsync(publisher);
        await publisher.StopAsync();

        // What was relayed waits in the subscriber's queue: now it is applied.
        await using var consumer = await StartAsync(servers, "consumerdb", messaging => messaging.Handles<RecordInteractions, InteractionRecorded>());
        var applied = await ApplyAsync(consumer);
        await consumer.StopAsync();
        return
        [
            new("bare client, quorum queue, 200 confirms in flight", bare),
            new("outbox to broker, confirmed and deleted", relayed, bare),
            new("broker to inbox and one row each, committed", applied, bare),
        ];
    }

    private static async Task<double> PublishBareAsync(Servers servers)
    {
        await using var connection = await new ConnectionFactory { Uri = servers.Rabbit.AmqpUri }.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync(
            new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true)
        );
        await channel.QueueDeclareAsync(
            "bare",
            durable: true,
            exclusive: false,
            autoDelete: false,
            new Dictionary<string, object?> { ["x-queue-type"] = "quorum" }
        );
        var body = new byte[400];
        var properties = new BasicProperties { Persistent = true };
        var clock = Stopwatch.StartNew();
        for (var sent = 0; sent < Events; sent += 200)
        {
            await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => channel.BasicPublishAsync("", "bare", mandatory: true, properties, body).AsTask()));
        }
        return Events / clock.Elapsed.TotalSeconds;
    }

    private static async Task<double> RelayAsync(WebApplication publisher)
    {
        await FillOutboxAsync(publisher);
        var clock = Stopwatch.StartNew();
        publisher.Services.GetRequiredService<OutboxSignal>().Raise();
        await WaitAsync(publisher, "SELECT count(*) FROM outbox", 0);
        return Events / clock.Elapsed.TotalSeconds;
    }

    private static async Task<double> ApplyAsync(WebApplication consumer)
    {
        var clock = Stopwatch.StartNew();
        await WaitAsync(consumer, "SELECT count(*) FROM received", Events);
        return Events / clock.Elapsed.TotalSeconds;
    }

    /// <summary>In one transaction, so that the relay finds them all at once.</summary>
    private static async Task FillOutboxAsync(WebApplication publisher)
    {
        await using var work = publisher.Services.GetRequiredService<Database>().Begin(Guid.CreateVersion7());
        var outbox = publisher.Services.GetRequiredService<Outbox>();
        for (var i = 0; i < Events; i++)
        {
            outbox.Enqueue(
                work,
                Actor.System,
                new InteractionRecorded
                {
                    InteractionId = Guid.CreateVersion7(),
                    ConversationId = Guid.CreateVersion7(),
                    Channel = Channel.Text,
                    Direction = Direction.Inbound,
                    Participant = new(IdentityKind.Phone, "+16045551234"),
                    At = TimeProvider.System.GetUtcNow(),
                }
            );
        }
        await work.CommitAsync();
    }

    private static async Task WaitAsync(WebApplication app, string sql, long expected)
    {
        await using var connection = new NpgsqlConnection(app.Configuration.GetConnectionString("benchmarkdb"));
        while (await connection.QuerySingleAsync<long>(sql) != expected)
        {
            await Task.Delay(20);
        }
    }

    private static async Task<WebApplication> StartAsync(Servers servers, string database, Action<MessagingBuilder> messaging)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ApplicationName = typeof(RelayThroughput).Assembly.GetName().Name });
        builder.Configuration["ConnectionStrings:benchmarkdb"] = await servers.DatabaseAsync(database);
        builder.Configuration["ConnectionStrings:messaging"] = servers.Rabbit.AmqpUri.AbsoluteUri;
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.AddServiceDefaults();
        builder.Logging.ClearProviders();
        builder.AddPostgres("benchmarkdb");
        builder.AddMessaging("contacts", messaging);
        var app = builder.Build();
        await app.StartAsync();
        return app;
    }
}

internal sealed class RecordInteractions : IHandleEvents<InteractionRecorded>
{
    public Task HandleAsync(UnitOfWork work, IReadOnlyList<Event<InteractionRecorded>> events, CancellationToken cancellationToken) =>
        work.ExecuteAsync(
            "INSERT INTO received (workspace_id, interaction_id) SELECT @WorkspaceId, unnest(@ids)",
            new { work.WorkspaceId, ids = events.Select(e => e.Data.InteractionId).ToArray() },
            cancellationToken
        );
}
