using Identity.Members;
using Messages;
using Messages.Identity;
using Messaging.Sending;
using ServiceDefaults.Postgres;

namespace Identity.Workspaces;

/// <summary>A workspace with its first owner, as people and the bootstrap make them.</summary>
internal sealed class NewWorkspace(Outbox outbox, TimeProvider clock)
{
    /// <param name="work">Begun in the workspace that is to be.</param>
    public async Task AddAsync(
        UnitOfWork work,
        Actor actor,
        Guid ownerId,
        string name,
        string defaultCountry,
        bool isBootstrap,
        CancellationToken cancellationToken
    )
    {
        await work.ExecuteAsync(
            """
            INSERT INTO workspaces (workspace_id, name, default_country, is_bootstrap, created_at) VALUES (@WorkspaceId, @name, @defaultCountry, @isBootstrap, @now);
            INSERT INTO members (workspace_id, user_id, role, created_at) VALUES (@WorkspaceId, @ownerId, @role, @now)
            """,
            new
            {
                work.WorkspaceId,
                name,
                defaultCountry,
                isBootstrap,
                ownerId,
                role = MemberRole.Owner.ToText(),
                now = clock.GetUtcNow(),
            },
            cancellationToken
        );
        outbox.Enqueue(work, actor, new WorkspaceChanged(work.WorkspaceId, name, defaultCountry));
        outbox.Enqueue(work, actor, new AuditRecorded("workspace.created", "workspace", work.WorkspaceId.ToString(), new Dictionary<string, string>()));
    }
}
