using Messages;
using Messages.Contacts;
using Messaging.Sending;
using ServiceDefaults.Postgres;

namespace Contacts.Merges;

/// <summary>
/// The counters of two contacts that are one. The absorbed contact's stay in their row as they were at the merge, where nobody counts on them: that is what goes back.
/// </summary>
internal static class MergedActivity
{
    private const string Counted = "contact_id, version, last_contact_at, call_count, message_count, chat_count";

    /// <returns>The survivor's activity, where the absorbed contact had any.</returns>
    public static Task<IReadOnlyList<ActivityRow>> AddAsync(UnitOfWork work, Guid survivorId, Guid absorbedId, CancellationToken cancellationToken) =>
        work.QueryAsync<ActivityRow>(
            $"""
            INSERT INTO contact_activity AS survivor (workspace_id, contact_id, version, last_contact_at, call_count, message_count, chat_count)
            SELECT workspace_id, @survivorId, 1, last_contact_at, call_count, message_count, chat_count FROM contact_activity WHERE contact_id = @absorbedId
            ON CONFLICT (workspace_id, contact_id) DO UPDATE SET
                version = survivor.version + 1,
                last_contact_at = greatest(survivor.last_contact_at, excluded.last_contact_at),
                call_count = survivor.call_count + excluded.call_count,
                message_count = survivor.message_count + excluded.message_count,
                chat_count = survivor.chat_count + excluded.chat_count
            RETURNING {Counted}
            """,
            new { survivorId, absorbedId },
            cancellationToken
        );

    /// <summary>Takes off the survivor what the absorbed contact had; what happened since stays.</summary>
    /// <returns>The activity of both, where the absorbed contact had any.</returns>
    public static Task<IReadOnlyList<ActivityRow>> TakeBackAsync(UnitOfWork work, MergeRow merge, CancellationToken cancellationToken) =>
        work.QueryAsync<ActivityRow>(
            $"""
            WITH absorbed AS (
                UPDATE contact_activity SET version = version + 1 WHERE contact_id = @AbsorbedId
                RETURNING {Counted}
            ),
            survivor AS (
                UPDATE contact_activity s SET
                    version = s.version + 1,
                    last_contact_at = CASE
                        WHEN s.last_contact_at > greatest(a.last_contact_at, @LastContactAt) THEN s.last_contact_at
                        ELSE @LastContactAt
                    END,
                    call_count = s.call_count - a.call_count,
                    message_count = s.message_count - a.message_count,
                    chat_count = s.chat_count - a.chat_count
                FROM absorbed a
                WHERE s.contact_id = @SurvivorId
                RETURNING s.contact_id, s.version, s.last_contact_at, s.call_count, s.message_count, s.chat_count
            )
            SELECT {Counted} FROM absorbed UNION ALL SELECT {Counted} FROM survivor
            """,
            new
            {
                merge.SurvivorId,
                merge.AbsorbedId,
                merge.LastContactAt,
            },
            cancellationToken
        );

    public static void Announce(Outbox outbox, UnitOfWork work, Actor actor, IReadOnlyList<ActivityRow> rows)
    {
        foreach (var row in rows)
        {
            outbox.Enqueue(
                work,
                actor,
                new ContactActivityChanged(row.ContactId, row.Version, row.LastContactAt, row.CallCount, row.MessageCount, row.ChatCount, [])
            );
        }
    }

    internal sealed class ActivityRow
    {
        public Guid ContactId { get; init; }
        public long Version { get; init; }
        public DateTimeOffset? LastContactAt { get; init; }
        public int CallCount { get; init; }
        public int MessageCount { get; init; }
        public int ChatCount { get; init; }
    }
}
