using Messages;
using Messages.Identity;
using Messaging.Sending;
using ServiceDefaults.Postgres;

namespace Identity.Sessions;

/// <summary>All sessions of a person, when something about the person changes.</summary>
internal sealed class PersonSessions(Outbox outbox, TimeProvider clock)
{
    /// <summary>The person is no longer a member: sessions in this workspace end.</summary>
    public async Task EndInWorkspaceAsync(UnitOfWork work, Actor actor, Guid userId, CancellationToken cancellationToken) =>
        Announce(
            work,
            actor,
            await work.QueryAsync<Guid>(
                "UPDATE sessions SET revoked_at = @now WHERE user_id = @userId AND chosen_workspace_id = @WorkspaceId AND revoked_at IS NULL RETURNING id",
                new
                {
                    userId,
                    work.WorkspaceId,
                    now = clock.GetUtcNow(),
                },
                cancellationToken
            )
        );

    /// <summary>The password changed: every session but this one ends.</summary>
    public async Task EndOthersAsync(UnitOfWork work, Actor actor, Guid userId, Guid? keptSessionId, CancellationToken cancellationToken) =>
        Announce(
            work,
            actor,
            await work.QueryAsync<Guid>(
                "UPDATE sessions SET revoked_at = @now WHERE user_id = @userId AND id IS DISTINCT FROM @keptSessionId AND revoked_at IS NULL RETURNING id",
                new
                {
                    userId,
                    keptSessionId,
                    now = clock.GetUtcNow(),
                },
                cancellationToken
            )
        );

    /// <summary>The role changed: sessions go on, with other scopes.</summary>
    public async Task RefreshInWorkspaceAsync(UnitOfWork work, Actor actor, Guid userId, CancellationToken cancellationToken) =>
        Announce(
            work,
            actor,
            await work.QueryAsync<Guid>(
                "SELECT id FROM sessions WHERE user_id = @userId AND chosen_workspace_id = @WorkspaceId AND revoked_at IS NULL",
                new { userId, work.WorkspaceId },
                cancellationToken
            )
        );

    private void Announce(UnitOfWork work, Actor actor, IReadOnlyList<Guid> sessionIds)
    {
        foreach (var id in sessionIds)
        {
            outbox.Enqueue(work, actor, new CredentialRevoked(id));
        }
    }
}
