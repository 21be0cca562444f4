using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Messages;
using ServiceDefaults.Postgres;

namespace Messaging.Sending;

/// <summary>
/// The only way to send an event: it is written in the unit of work's own transaction and leaves when, and only when, that commits. Requests succeed while the broker is
/// away; the relay drains later.
/// </summary>
public sealed class Outbox(OutboxSignal signal, TimeProvider clock)
{
    private readonly ConditionalWeakTable<UnitOfWork, PendingEvents> _pending = [];

    /// <param name="actor">Who caused it.</param>
    /// <param name="data">What happened.</param>
    /// <param name="traceParent">The trace to continue; the present one where it is not given. A handler of several events passes that of the event it reacts to.</param>
    public void Enqueue<T>(UnitOfWork work, Actor actor, T data, string? traceParent = null)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(work);
        if (!_pending.TryGetValue(work, out var pending))
        {
            pending = new();
            _pending.Add(work, pending);
            work.BeforeCommit(cancellationToken => WriteAsync(work, pending, cancellationToken));
            work.AfterCommit(signal.Raise);
        }
        var @event = new Event<T>(
            Guid.CreateVersion7(clock.GetUtcNow()),
            work.WorkspaceId,
            clock.GetUtcNow(),
            actor,
            traceParent ?? Activity.Current?.Id,
            data
        );
        pending.Types.Add(EventName.Of<T>());
        pending.Events.Add(JsonSerializer.Serialize(@event, MessageJson.Options));
    }

    private async Task WriteAsync(UnitOfWork work, PendingEvents pending, CancellationToken cancellationToken)
    {
        _pending.Remove(work);
        await work.ExecuteAsync(
            "INSERT INTO outbox (type, event) SELECT * FROM unnest(@Types, @Events)",
            new { Types = pending.Types.ToArray(), Events = pending.Events.ToArray() },
            cancellationToken
        );
    }

    private sealed class PendingEvents
    {
        public List<string> Types { get; } = [];
        public List<string> Events { get; } = [];
    }
}
