using Messages;

namespace Messaging.Consuming;

/// <summary>One handler's way in; a service has one for each of its handlers of this event.</summary>
internal interface IEventDispatcher<T>
    where T : class
{
    Task DispatchAsync(IReadOnlyList<Event<T>> events, CancellationToken cancellationToken);
}
