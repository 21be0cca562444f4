using System.Security.Claims;
using Identity.Sessions;
using Messages;
using Messaging.Sending;
using Microsoft.AspNetCore.Http.HttpResults;
using ServiceDefaults.Authentication;
using ServiceDefaults.Postgres;
using ServiceDefaults.Problems;

namespace Identity.Members;

/// <param name="Role">What the person is to be from now on.</param>
public sealed record ChangeRoleRequest(MemberRole Role);

internal static class ChangeRole
{
    /// <summary>Change a member's role; it takes effect on the person's sessions at once.</summary>
    public static async Task<Results<Ok<MemberResponse>, ProblemHttpResult>> HandleAsync(
        Guid id,
        ChangeRoleRequest request,
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
        if (RoleRules.Refuse(principal, caller, MemberRoles.Parse(member.Role), request.Role) is { } refusal)
        {
            return refusal;
        }
        if (isLastOwner && request.Role != MemberRole.Owner)
        {
            return RoleRules.LastOwner();
        }
        await work.ExecuteAsync("UPDATE members SET role = @role WHERE user_id = @id", new { id, role = request.Role.ToText() }, cancellationToken);
        await sessions.RefreshInWorkspaceAsync(work, caller.Actor, id, cancellationToken);
        var details = new Dictionary<string, string> { ["from"] = member.Role, ["to"] = request.Role.ToText() };
        outbox.Enqueue(work, caller.Actor, new AuditRecorded("member.role_changed", "member", id.ToString(), details));
        return TypedResults.Ok(member.ToResponse() with { Role = request.Role });
    }
}
