using Messages;
using Messages.Identity;
using Messaging.Consuming;
using ServiceDefaults.Postgres;

namespace Contacts.Workspaces;

/// <summary>Keeps the copy of a workspace's settings; of several changes the one that occurred last holds.</summary>
internal sealed class RefreshWorkspace(TimeProvider clock) : IHandleEvents<WorkspaceChanged>
{
    public async Task HandleAsync(UnitOfWork work, IReadOnlyList<Event<WorkspaceChanged>> events, CancellationToken cancellationToken)
    {
        var latest = events.MaxBy(e => e.OccurredAt)!;
        await WorkspaceSettings.EnsureAsync(work, clock, cancellationToken);
        await work.ExecuteAsync(
            """
            UPDATE workspaces SET default_country = @DefaultCountry, changed_at = @changedAt
            WHERE changed_at IS NULL OR changed_at < @changedAt
            """,
            new { latest.Data.DefaultCountry, changedAt = latest.OccurredAt.ToUniversalTime() },
            cancellationToken
        );
    }
}
