using Dapper;
using MassTransit;
using Messages;
using Messages.CommunicationsIngest;
using Messaging.Sending;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Npgsql;
using Testing;

namespace Messaging.Tests.Faults;

/// <summary>Something dies between each two steps from commit to effect. Nothing is lost, nothing is applied twice.</summary>
[Collection(nameof(SharedBroker))]
public sealed class CrashTests(PostgresFixture postgres, RabbitMqFixture rabbit)
{
    private const int Count = 40;
    private readonly RecordInteractions.Script _script = new();
    private int _faults = 3;

    [Fact]
    public async Task Relay_dies_before_it_publishes() => await AssertAllAppliedOnceAsync(relay: _ => new(Die, Live));

    [Fact]
    public async Task Relay_dies_after_the_broker_confirmed_and_before_it_deletes() => await AssertAllAppliedOnceAsync(relay: _ => new(Live, Die));

    [Fact]
    public async Task Relay_loses_its_database_after_the_broker_confirmed() =>
        await AssertAllAppliedOnceAsync(relay: database => new(Live, () => KillConnectionsAsync(database)));

    [Fact]
    public async Task Consumer_dies_before_the_effect()
    {
        _script.Before = (_, _) => Die();
        await AssertAllAppliedOnceAsync();
    }

    [Fact]
    public async Task Consumer_dies_after_the_effect_and_before_the_commit()
    {
        _script.After = (_, _) => Die();
        await AssertAllAppliedOnceAsync();
    }

    [Fact]
    public async Task Consumer_loses_its_database_in_mid_transaction()
    {
        _script.After = (work, _) => KillConnectionsAsync(work);
        await AssertAllAppliedOnceAsync();
    }

    [Fact]
    public async Task Consumer_stops_in_mid_delivery_and_another_goes_on()
    {
        await using var publisher = await PublisherAsync();
        var database = await postgres.CreateDatabaseAsync("consumer");
        var reached = new TaskCompletionSource();
        var release = new TaskCompletionSource();
        _script.After = (_, _) =>
        {
            reached.TrySetResult();
            return release.Task;
        };
        var first = await ConsumerAsync(database);
        await publisher.RecordAsync(Guid.CreateVersion7(), Service.Interactions(Count));
        await reached.Task.WaitAsync(TimeSpan.FromSeconds(30));
        var stopping = first.DisposeAsync().AsTask();
        await using var second = await ConsumerAsync(database);

        _script.After = (_, _) => Live();
        release.SetException(new IOException("the process died here"));

        await AssertAppliedOnceAsync(second, Count);
        await stopping;
    }

    [Fact]
    public async Task Duplicated_and_reordered_deliveries_are_applied_once()
    {
        await using var consumer = await ConsumerAsync(await postgres.CreateDatabaseAsync("consumer"));
        var workspace = Guid.CreateVersion7();
        var random = new Random(20260101);
        var events = Service.Interactions(200).Select(interaction => Happened.In(workspace, interaction)).ToList();
        var bus = consumer.Services.GetRequiredService<IBus>();

        // Every event in five messages of random company and order, a message now and then with the same event twice.
        var deliveries = Enumerable.Range(0, 5).SelectMany(_ => events.OrderBy(_ => random.Next()).Chunk(random.Next(1, 30))).OrderBy(_ => random.Next());
        await Task.WhenAll(deliveries.Select(chunk => bus.Publish(new EventBatch<InteractionRecorded>(random.Next(3) == 0 ? [.. chunk, chunk[0]] : chunk))));

        await AssertAppliedOnceAsync(consumer, events.Count);
    }

    private async Task AssertAllAppliedOnceAsync(Func<string, FaultyPublication>? relay = null)
    {
        await using var publisher = await PublisherAsync(relay);
        await using var consumer = await ConsumerAsync(await postgres.CreateDatabaseAsync("consumer"));

        await publisher.RecordAsync(Guid.CreateVersion7(), Service.Interactions(Count / 2));
        await publisher.RecordAsync(Guid.CreateVersion7(), Service.Interactions(Count / 2));

        await AssertAppliedOnceAsync(consumer, Count);
        Assert.True(_faults <= 2, "No fault was injected: the test proves nothing.");
        await Eventually.EqualAsync(0, () => publisher.CountAsync("SELECT count(*) FROM outbox"));
    }

    private static async Task AssertAppliedOnceAsync(Service consumer, long count)
    {
        await Eventually.EqualAsync(count, () => consumer.CountAsync("SELECT count(*) FROM applied"));
        // What would be applied a second time comes right after.
        await Task.Delay(500);
        Assert.Equal(0, await consumer.CountAsync("SELECT count(*) FROM applied WHERE times > 1"));
    }

    private async Task<Service> PublisherAsync(Func<string, FaultyPublication>? relay = null)
    {
        var database = await postgres.CreateDatabaseAsync("publisher");
        return await Service.StartAsync(
            database,
            rabbit.Server.AmqpUri,
            messaging => messaging.Publishes<InteractionRecorded>(),
            services =>
            {
                if (relay is not null)
                {
                    services.RemoveAll<Publication>();
                    services.AddSingleton<Publication>(relay(database));
                }
            }
        );
    }

    private async Task<Service> ConsumerAsync(string database) =>
        await Service.StartAsync(
            database,
            rabbit.Server.AmqpUri,
            messaging => messaging.Handles<RecordInteractions, InteractionRecorded>(),
            services => services.AddSingleton(_script)
        );

    private static Task Live() => Task.CompletedTask;

    private Task Die() => Interlocked.Decrement(ref _faults) >= 0 ? throw new IOException("the process died here") : Task.CompletedTask;

    private async Task KillConnectionsAsync(string database)
    {
        if (Interlocked.Decrement(ref _faults) < 0)
        {
            return;
        }
        var role = new NpgsqlConnectionStringBuilder(database).Database + "_service";
        await using var connection = new NpgsqlConnection(database);
        await connection.ExecuteAsync("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = @role", new { role });
    }

    private async Task KillConnectionsAsync(ServiceDefaults.Postgres.UnitOfWork work)
    {
        var name = await work.SingleAsync<string>("SELECT current_database()");
        await KillConnectionsAsync(postgres.Server.ConnectionString(name));
    }
}
