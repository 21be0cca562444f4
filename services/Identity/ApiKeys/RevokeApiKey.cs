using Messages;
using Messages.Identity;
using Messaging.Sending;
using Microsoft.AspNetCore.Http.HttpResults;
using ServiceDefaults.Authentication;
using ServiceDefaults.Postgres;
using ServiceDefaults.Problems;

namespace Identity.ApiKeys;

internal static class RevokeApiKey
{
    /// <summary>Revoke an API key; it stops working within a second.</summary>
    public static async Task<Results<NoContent, ProblemHttpResult>> HandleAsync(
        Guid id,
        UnitOfWork work,
        Caller caller,
        Outbox outbox,
        TimeProvider clock,
        CancellationToken cancellationToken
    )
    {
        var revoked = await work.ExecuteAsync(
            "UPDATE api_keys SET revoked_at = @now WHERE workspace_id = @WorkspaceId AND id = @id AND revoked_at IS NULL",
            new
            {
                work.WorkspaceId,
                id,
                now = clock.GetUtcNow(),
            },
            cancellationToken
        );
        if (revoked == 0)
        {
            return Problem.NotFound("API key");
        }
        outbox.Enqueue(work, caller.Actor, new CredentialRevoked(id));
        outbox.Enqueue(work, caller.Actor, new AuditRecorded("api_key.revoked", "api_key", id.ToString(), new Dictionary<string, string>()));
        return TypedResults.NoContent();
    }
}
