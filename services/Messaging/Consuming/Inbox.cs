using Messages;
using ServiceDefaults.Postgres;

namespace Messaging.Consuming;

/// <summary>Makes at-least-once delivery apply effectively once: an event's id is recorded in the transaction of its effect.</summary>
internal static class Inbox
{
    /// <returns>Those of <paramref name="events"/> that this consumer has not applied yet, in their order.</returns>
    public static async Task<IReadOnlyList<Event<T>>> TakeNewAsync<T>(
        UnitOfWork work,
        string consumer,
        IReadOnlyList<Event<T>> events,
        CancellationToken cancellationToken
    )
        where T : class
    {
        // Sorted, so that two deliveries of the same events wait for each other instead of deadlocking.
        var ids = events.Select(e => e.Id).Distinct().Order().ToArray();
        var fresh = await work.QueryAsync<Guid>(
            "INSERT INTO inbox (consumer, event_id) SELECT @consumer, unnest(@ids) ON CONFLICT DO NOTHING RETURNING event_id",
            new { consumer, ids },
            cancellationToken
        );
        var remaining = fresh.ToHashSet();
        return [.. events.Where(e => remaining.Remove(e.Id))];
    }
}
