using System.Text.Json;
using Messages;
using Messaging.Consuming;
using Messaging.Listening;
using Messaging.Sending;

namespace Messaging;

/// <summary>What a service sends and what it reacts to.</summary>
public sealed class MessagingBuilder
{
    private readonly string _service;

    internal MessagingBuilder(string service) => _service = service;

    internal List<Publication> Publications { get; } = [];
    internal List<HandlerRegistration> Handlers { get; } = [];
    internal List<ListenerRegistration> Listeners { get; } = [];

    /// <summary>This service enqueues events of this type.</summary>
    public MessagingBuilder Publishes<T>()
        where T : class
    {
        Publications.Add(new Publication<T>());
        return this;
    }

    /// <summary>This service applies events of this type, each once. The queue must stand in <see cref="Subscriptions"/>.</summary>
    public MessagingBuilder Handles<THandler, T>()
        where THandler : class, IHandleEvents<T>
        where T : class
    {
        var queue = QueueOf(typeof(THandler));
        if (!Subscriptions.All.Contains(new(queue, typeof(T))))
        {
            throw new InvalidOperationException(
                $"{queue} for {typeof(T).Name} is missing in {nameof(Messages)}.{nameof(Subscriptions)}: its publishers would not know of it."
            );
        }
        Handlers.Add(new HandlerRegistration<THandler, T>(queue));
        return this;
    }

    /// <summary>This process hears events of this type while it runs.</summary>
    public MessagingBuilder Listens<TListener, T>()
        where TListener : class, IHearEvents<T>
        where T : class
    {
        Listeners.Add(new ListenerRegistration<TListener, T>(QueueOf(typeof(TListener))));
        return this;
    }

    private string QueueOf(Type handler) => $"{_service}.{JsonNamingPolicy.KebabCaseLower.ConvertName(handler.Name)}";
}
