using MassTransit;
using Messages;

namespace Messaging.Consuming;

/// <summary>MassTransit's end of a handler's queue.</summary>
internal sealed class EventConsumer<THandler, T>(EventDispatcher<THandler, T> dispatcher) : IConsumer<EventBatch<T>>
    where THandler : IHandleEvents<T>
    where T : class
{
    public Task Consume(ConsumeContext<EventBatch<T>> context) => dispatcher.DispatchAsync(context.Message.Events, context.CancellationToken);
}
