using Messages;

namespace Messaging.Listening;

/// <summary>
/// Hears events while this process runs, each process for itself (to drop a cache entry, to refresh open pages). Misses what happens while it is away; whatever must not be
/// missed is an <see cref="Consuming.IHandleEvents{T}"/>.
/// </summary>
public interface IHearEvents<T>
    where T : class
{
    Task HearAsync(IReadOnlyList<Event<T>> events, CancellationToken cancellationToken);
}
