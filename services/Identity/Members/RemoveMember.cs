using System.Security.Claims;
using Identity.Sessions;
using Messages;
using Messaging.Sending;
using Microsoft.AspNetCore.Http.HttpResults;
using ServiceDefaults.Authentication;
using ServiceDefaults.Postgres;
using ServiceDefaults.Problems;

namespace Identity.Members;

internal static class RemoveMember
{
    /// <summary>Remove a member; the person's sessions in this workspace end at once.</summary>
    /// <remarks>API keys that the person made belong to the workspace and go on: revoke them apart.</remarks>
    public static async Task<Results<NoContent, ProblemHttpResult>> HandleAsync(
        Guid id,
        ClaimsPrincipal principal,
        UnitOfWork work,
        Caller caller,
        PersonSessions sessions,
        Outbox outbox,
        CancellationToken cancellationToken
    )
    {
        var isLastOwner = await RoleRules.IsLastOwnerAsync(work, id, cancellationToken);
        if (await MemberRow.FindAsync(work, id, cancellationToken) is not { } member)
        {
            return Problem.NotFound("member");
        }
        if (RoleRules.Refuse(principal, caller, MemberRoles.Parse(member.Role)) is { } refusal)
        {
            return refusal;
        }
        if (isLastOwner)
        {
            return RoleRules.LastOwner();
        }
        await work.ExecuteAsync("DELETE FROM members WHERE user_id = @id", new { id }, cancellationToken);
        await sessions.EndInWorkspaceAsync(work, caller.Actor, id, cancellationToken);
        outbox.Enqueue(work, caller.Actor, new AuditRecorded("member.removed", "member", id.ToString(), new Dictionary<string, string>()));
        return TypedResults.NoContent();
    }
}
