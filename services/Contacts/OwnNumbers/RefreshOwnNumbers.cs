using Messages;
using Messages.CommunicationsIngest;
using Messaging.Consuming;
using ServiceDefaults.Postgres;

namespace Contacts.OwnNumbers;

/// <summary>Keeps a copy of the business's own numbers. One that is no longer its own stays with its time, so that an older message does not bring it back.</summary>
internal sealed class RefreshOwnNumbers : IHandleEvents<OwnNumberChanged>
{
    public Task HandleAsync(UnitOfWork work, IReadOnlyList<Event<OwnNumberChanged>> events, CancellationToken cancellationToken)
    {
        var latest = events
            .GroupBy(e => e.Data.Number)
            .Select(number => number.MaxBy(e => e.OccurredAt)!)
            .OrderBy(e => e.Data.Number, StringComparer.Ordinal)
            .ToList();
        return work.ExecuteAsync(
            """
            INSERT INTO own_numbers AS present (workspace_id, number, is_own, changed_at)
            SELECT @WorkspaceId, number, is_own, changed_at FROM unnest(@numbers, @areOwn, @times) AS own (number, is_own, changed_at)
            ON CONFLICT (workspace_id, number) DO UPDATE SET is_own = excluded.is_own, changed_at = excluded.changed_at
            WHERE present.changed_at < excluded.changed_at
            """,
            new
            {
                work.WorkspaceId,
                numbers = latest.Select(e => e.Data.Number).ToArray(),
                areOwn = latest.Select(e => e.Data.IsOwn).ToArray(),
                times = latest.Select(e => e.OccurredAt.ToUniversalTime()).ToArray(),
            },
            cancellationToken
        );
    }
}
