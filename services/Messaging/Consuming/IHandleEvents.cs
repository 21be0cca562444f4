using Messages;
using ServiceDefaults.Postgres;

namespace Messaging.Consuming;

/// <summary>
/// Applies events of one type and one workspace. What it gets it has not had before (the inbox saw to that); order is not promised, so it compares versions. It writes with
/// <c>work</c> only, which commits when it returns; where it throws, nothing of it happened: the events are tried again, then one by one, and what still fails ends in the
/// error queue with its reason.
/// </summary>
public interface IHandleEvents<T>
    where T : class
{
    Task HandleAsync(UnitOfWork work, IReadOnlyList<Event<T>> events, CancellationToken cancellationToken);
}
