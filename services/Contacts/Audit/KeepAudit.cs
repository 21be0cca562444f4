using Messages;
using Messaging.Consuming;
using ServiceDefaults.Postgres;

namespace Contacts.Audit;

/// <summary>Other services' entries: one log for the whole workspace.</summary>
internal sealed class KeepAudit : IHandleEvents<AuditRecorded>
{
    public Task HandleAsync(UnitOfWork work, IReadOnlyList<Event<AuditRecorded>> events, CancellationToken cancellationToken) =>
        AuditLog.InsertAsync(work, [.. events.Select(e => (e.Id, e.OccurredAt.ToUniversalTime(), e.Actor, e.Data))], cancellationToken);
}
