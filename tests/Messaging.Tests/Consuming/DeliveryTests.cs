using Messages;
using Messages.CommunicationsIngest;
using Messages.Contacts;
using Messaging.Sending;
using Microsoft.Extensions.DependencyInjection;
using ServiceDefaults.Postgres;
using Testing;

namespace Messaging.Tests.Consuming;

[Collection(nameof(SharedBroker))]
public sealed class DeliveryTests(PostgresFixture postgres, RabbitMqFixture rabbit)
{
    private readonly RecordInteractions.Script _script = new();

    [Fact]
    public async Task What_was_committed_is_applied_once_in_its_own_workspace()
    {
        await using var publisher = await PublisherAsync();
        await using var consumer = await ConsumerAsync();
        Guid[] workspaces = [Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7()];

        foreach (var workspace in workspaces)
        {
            await publisher.RecordAsync(workspace, Service.Interactions(10));
        }

        await Eventually.EqualAsync(30, () => consumer.CountAsync("SELECT count(*) FROM applied"));
        Assert.Equal(
            3,
            await consumer.CountAsync("SELECT count(*) FROM (SELECT FROM applied GROUP BY workspace_id HAVING count(*) = 10 AND max(times) = 1) w")
        );
        await Eventually.EqualAsync(0, () => publisher.CountAsync("SELECT count(*) FROM outbox"));
    }

    [Fact]
    public async Task What_was_rolled_back_is_never_sent()
    {
        await using var publisher = await PublisherAsync();
        await using var consumer = await ConsumerAsync();
        var workspace = Guid.CreateVersion7();

        await using (var work = publisher.Services.GetRequiredService<Database>().Begin(workspace))
        {
            publisher.Services.GetRequiredService<Outbox>().Enqueue(work, Actor.System, Service.Interactions(1).Single());
            await work.ExecuteAsync("SELECT 1");
        }
        await publisher.RecordAsync(workspace, Service.Interactions(1));

        await Eventually.EqualAsync(1, () => consumer.CountAsync("SELECT count(*) FROM applied"));
    }

    [Fact]
    public async Task Events_published_before_their_subscriber_ever_ran_reach_it()
    {
        // A node of its own: on the shared one the queue may be there from another test.
        await using var fresh = new OwnBroker();
        await fresh.StartAsync();
        await using var publisher = await PublisherAsync(fresh.Uri);
        await publisher.RecordAsync(Guid.CreateVersion7(), Service.Interactions(25));
        await Eventually.EqualAsync(0, () => publisher.CountAsync("SELECT count(*) FROM outbox"));

        await using var consumer = await ConsumerAsync(fresh.Uri);

        await Eventually.EqualAsync(25, () => consumer.CountAsync("SELECT count(*) FROM applied"));
    }

    [Fact]
    public async Task A_poisonous_event_ends_in_the_error_queue_and_keeps_no_other_back()
    {
        await using var publisher = await PublisherAsync();
        var poison = Service.Interactions(1).Single();
        _script.Before = (_, events) =>
            events.Any(e => e.Data.InteractionId == poison.InteractionId) ? throw new InvalidOperationException("cannot be applied") : Task.CompletedTask;
        await using var consumer = await ConsumerAsync();
        var before = await ErrorQueueAsync();

        await publisher.RecordAsync(Guid.CreateVersion7(), [.. Service.Interactions(5), poison, .. Service.Interactions(5)]);

        await Eventually.EqualAsync(10, () => consumer.CountAsync("SELECT count(*) FROM applied WHERE times = 1"));
        await Eventually.EqualAsync(before + 1, ErrorQueueAsync);
    }

    [Fact]
    public async Task A_database_that_is_away_is_waited_for_and_nothing_lands_in_the_error_queue()
    {
        await using var publisher = await PublisherAsync();
        var failures = 5;
        _script.Before = (_, _) => Interlocked.Decrement(ref failures) >= 0 ? throw new TimeoutException("the database is away") : Task.CompletedTask;
        await using var consumer = await ConsumerAsync();
        var before = await ErrorQueueAsync();

        await publisher.RecordAsync(Guid.CreateVersion7(), Service.Interactions(3));

        await Eventually.EqualAsync(3, () => consumer.CountAsync("SELECT count(*) FROM applied WHERE times = 1"));
        Assert.Equal(before, await ErrorQueueAsync());
    }

    private async Task<long> ErrorQueueAsync() => await QueueDepth.ReadAsync(rabbit.Server, "contacts.record-interactions_error");

    private async Task<Service> PublisherAsync(Uri? broker = null) =>
        await Service.StartAsync(
            await postgres.CreateDatabaseAsync("publisher"),
            broker ?? rabbit.Server.AmqpUri,
            messaging => messaging.Publishes<InteractionRecorded>()
        );

    private async Task<Service> ConsumerAsync(Uri? broker = null) =>
        await Service.StartAsync(
            await postgres.CreateDatabaseAsync("consumer"),
            broker ?? rabbit.Server.AmqpUri,
            messaging => messaging.Handles<RecordInteractions, InteractionRecorded>(),
            services => services.AddSingleton(_script)
        );
}
