using Messages;
using Messages.Identity;
using Messaging.Consuming;
using ServiceDefaults.Postgres;

namespace CommunicationsIngest.Workspaces;

/// <summary>Keeps the copy of the workspace's settings; of two changes, the one that occurred later holds.</summary>
internal sealed class RefreshWorkspace : IHandleEvents<WorkspaceChanged>
{
    public async Task HandleAsync(UnitOfWork work, IReadOnlyList<Event<WorkspaceChanged>> events, CancellationToken cancellationToken)
    {
        var latest = events.MaxBy(e => e.OccurredAt)!;
        await work.ExecuteAsync(
            """
            INSERT INTO workspaces AS w (workspace_id, name, default_country, changed_at)
            VALUES (@WorkspaceId, @Name, @DefaultCountry, @OccurredAt)
            ON CONFLICT (workspace_id) DO UPDATE
            SET name = excluded.name, default_country = excluded.default_country, changed_at = excluded.changed_at
            WHERE w.changed_at < excluded.changed_at
            """,
            new
            {
                work.WorkspaceId,
                latest.Data.Name,
                latest.Data.DefaultCountry,
                latest.OccurredAt,
            },
            cancellationToken
        );
    }
}
