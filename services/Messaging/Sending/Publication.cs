using System.Text.Json;
using MassTransit;
using Messages;

namespace Messaging.Sending;

/// <summary>An event type that this service publishes, and how a batch of its outbox rows becomes one message.</summary>
internal abstract record Publication(string EventName)
{
    /// <summary>Completes when the broker has confirmed the message.</summary>
    public abstract Task PublishAsync(IBus bus, IEnumerable<string> events, CancellationToken cancellationToken);

    /// <summary>Declares the exchange and the queues of all subscribers, so that no event is dropped for want of a queue.</summary>
    public abstract void Declare(IRabbitMqBusFactoryConfigurator bus);
}

internal sealed record Publication<T>() : Publication(Sending.EventName.Of<T>())
    where T : class
{
    public override Task PublishAsync(IBus bus, IEnumerable<string> events, CancellationToken cancellationToken) =>
        bus.Publish(
            new EventBatch<T>([.. events.Select(json => JsonSerializer.Deserialize<Messages.Event<T>>(json, MessageJson.Options)!)]),
            cancellationToken
        );

    public override void Declare(IRabbitMqBusFactoryConfigurator bus) =>
        bus.Publish<EventBatch<T>>(publish =>
        {
            foreach (var subscription in Subscriptions.All.Where(subscription => subscription.Event == typeof(T)))
            {
                publish.BindQueue(publish.Exchange.ExchangeName, subscription.Queue, queue => queue.SetQueueArgument("x-queue-type", "quorum"));
            }
        });
}
