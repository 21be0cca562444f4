using Messages.CommunicationsIngest;
using Microsoft.Extensions.DependencyInjection;
using Testing;

namespace Messaging.Tests.Faults;

public sealed class BrokerAwayTests(PostgresFixture postgres)
{
    private static readonly TimeSpan Away = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task Broker_away_for_a_minute_requests_succeed_and_everything_arrives_when_it_is_back()
    {
        await using var broker = new OwnBroker();
        await broker.StartAsync();
        await using var publisher = await Service.StartAsync(
            await postgres.CreateDatabaseAsync("publisher"),
            broker.Uri,
            messaging => messaging.Publishes<InteractionRecorded>()
        );
        await using var consumer = await Service.StartAsync(
            await postgres.CreateDatabaseAsync("consumer"),
            broker.Uri,
            messaging => messaging.Handles<RecordInteractions, InteractionRecorded>(),
            services => services.AddSingleton(new RecordInteractions.Script())
        );
        var workspace = Guid.CreateVersion7();
        await publisher.RecordAsync(workspace, Service.Interactions(10));
        await Eventually.EqualAsync(10, () => consumer.CountAsync("SELECT count(*) FROM applied"));
        // RabbitMQ before 3.13 loses a queue that was declared within half a second of a kill (rabbitmq/ra#443).
        await Task.Delay(TimeSpan.FromSeconds(2));

        await broker.Server.KillAsync();
        var recorded = 10;
        var back = Task.Delay(Away);
        while (!back.IsCompleted)
        {
            await publisher.RecordAsync(workspace, Service.Interactions(5));
            recorded += 5;
            await Task.Delay(250);
        }
        await broker.Server.StartAsync();

        await Eventually.EqualAsync(recorded, () => consumer.CountAsync("SELECT count(*) FROM applied"), TimeSpan.FromSeconds(60));
        Assert.Equal(0, await consumer.CountAsync("SELECT count(*) FROM applied WHERE times > 1"));
        await Eventually.EqualAsync(0, () => publisher.CountAsync("SELECT count(*) FROM outbox"));
    }
}
