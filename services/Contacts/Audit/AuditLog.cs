using System.Runtime.CompilerServices;
using System.Text.Json;
using Messages;
using ServiceDefaults.Postgres;

namespace Contacts.Audit;

/// <summary>Writes who did what, in the transaction in which it was done: all entries of a unit of work in one statement, just before it commits.</summary>
internal sealed class AuditLog(TimeProvider clock)
{
    private readonly ConditionalWeakTable<UnitOfWork, List<(Actor Actor, AuditRecorded Entry)>> _pending = [];

    /// <param name="details">Names of fields and counts, never a person's data.</param>
    public void Add(UnitOfWork work, Actor actor, string action, string subject, string? subjectId, IReadOnlyDictionary<string, string>? details = null)
    {
        if (!_pending.TryGetValue(work, out var entries))
        {
            var pending = entries = [];
            _pending.Add(work, pending);
            work.BeforeCommit(cancellationToken =>
            {
                _pending.Remove(work);
                var now = clock.GetUtcNow();
                return InsertAsync(work, [.. pending.Select(one => (Guid.CreateVersion7(now), now, one.Actor, one.Entry))], cancellationToken);
            });
        }
        entries.Add((actor, new(action, subject, subjectId, details ?? new Dictionary<string, string>())));
    }

    /// <param name="entries">Their ids are UUIDv7 of the moment in which it was done, which is the order of the log.</param>
    public static Task InsertAsync(
        UnitOfWork work,
        IReadOnlyList<(Guid Id, DateTimeOffset At, Actor Actor, AuditRecorded Entry)> entries,
        CancellationToken cancellationToken
    ) =>
        work.ExecuteAsync(
            """
            INSERT INTO audit_entries (workspace_id, id, occurred_at, source, actor_id, action, subject, subject_id, details)
            SELECT @WorkspaceId, id, at, source, actor_id, action, subject, subject_id, details::jsonb
            FROM unnest(@ids, @times, @sources, @actors, @actions, @subjects, @subjectIds, @details)
                AS entry (id, at, source, actor_id, action, subject, subject_id, details)
            """,
            new
            {
                work.WorkspaceId,
                ids = entries.Select(entry => entry.Id).ToArray(),
                times = entries.Select(entry => entry.At).ToArray(),
                sources = entries.Select(entry => entry.Actor.Kind.ToString().ToLowerInvariant()).ToArray(),
                actors = entries.Select(entry => entry.Actor.Id).ToArray(),
                actions = entries.Select(entry => entry.Entry.Action).ToArray(),
                subjects = entries.Select(entry => entry.Entry.Subject).ToArray(),
                subjectIds = entries.Select(entry => entry.Entry.SubjectId).ToArray(),
                details = entries.Select(entry => JsonSerializer.Serialize(entry.Entry.Details)).ToArray(),
            },
            cancellationToken
        );
}
