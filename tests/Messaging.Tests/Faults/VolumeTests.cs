using Messages.CommunicationsIngest;
using Microsoft.Extensions.DependencyInjection;
using Testing;

namespace Messaging.Tests.Faults;

public sealed class VolumeTests(PostgresFixture postgres)
{
    private const int Total = 100_000;
    private const int PerUnitOfWork = 20;

    [Fact]
    public async Task A_hundred_thousand_events_through_two_relays_and_two_consumers_with_faults_on_the_way()
    {
        await using var broker = new OwnBroker();
        await broker.StartAsync();
        var publishers = await postgres.CreateDatabaseAsync("publisher");
        var consumers = await postgres.CreateDatabaseAsync("consumer");
        var script = new RecordInteractions.Script();
        // One handling in fifty fails after its effect, as if its process had died before the commit.
        var handled = 0;
        script.After = (_, _) => Interlocked.Increment(ref handled) % 50 == 0 ? throw new IOException("died before the commit") : Task.CompletedTask;
        await using var publisher = await PublisherAsync(publishers, broker.Uri);
        await using var otherPublisher = await PublisherAsync(publishers, broker.Uri);
        await using var consumer = await ConsumerAsync(consumers, broker.Uri, script);
        var leaving = await ConsumerAsync(consumers, broker.Uri, script);

        await RecordAsync(publisher, Total / 2);
        await leaving.DisposeAsync();
        await broker.Server.KillAsync();
        await broker.Server.StartAsync();
        await RecordAsync(otherPublisher, Total / 2);

        await Eventually.EqualAsync(Total, () => consumer.CountAsync("SELECT count(*) FROM applied"), TimeSpan.FromMinutes(3));
        Assert.Equal(0, await consumer.CountAsync("SELECT count(*) FROM applied WHERE times > 1"));
        await Eventually.EqualAsync(0, () => publisher.CountAsync("SELECT count(*) FROM outbox"));
    }

    private static async Task RecordAsync(Service publisher, int count)
    {
        Guid[] workspaces = [Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7()];
        await Parallel.ForEachAsync(
            Enumerable.Range(0, count / PerUnitOfWork),
            new ParallelOptions { MaxDegreeOfParallelism = 8 },
            async (i, _) => await publisher.RecordAsync(workspaces[i % workspaces.Length], Service.Interactions(PerUnitOfWork))
        );
    }

    private static Task<Service> PublisherAsync(string database, Uri broker) =>
        Service.StartAsync(database, broker, messaging => messaging.Publishes<InteractionRecorded>());

    private static Task<Service> ConsumerAsync(string database, Uri broker, RecordInteractions.Script script) =>
        Service.StartAsync(
            database,
            broker,
            messaging => messaging.Handles<RecordInteractions, InteractionRecorded>(),
            services => services.AddSingleton(script)
        );
}
