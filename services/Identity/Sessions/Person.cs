using System.Security.Claims;
using Identity.Members;
using Messages;
using Microsoft.AspNetCore.Authorization;
using ServiceDefaults.Authentication;

namespace Identity.Sessions;

/// <summary>A signed-in person, who may have chosen no workspace yet.</summary>
internal sealed record Person(Guid UserId, Guid SessionId, Guid? WorkspaceId, MemberRole? Role)
{
    public Actor Actor => new(ActorKind.Person, UserId.ToString());

    /// <summary>For units of work that touch only what belongs to the person: row-level security shows no workspace's rows.</summary>
    public Guid WorkspaceOrNone => WorkspaceId ?? Guid.Empty;

    public static bool Is(ClaimsPrincipal user) => user.HasClaim(InternalToken.ActorKind, "person");

    public static Person From(ClaimsPrincipal user) =>
        new(
            Guid.Parse(user.FindFirstValue(InternalToken.ActorId)!),
            Guid.Parse(user.FindFirstValue(InternalToken.CredentialId)!),
            Guid.TryParse(user.FindFirstValue(InternalToken.WorkspaceId), out var workspaceId) ? workspaceId : null,
            user.FindFirstValue(InternalToken.Role) is { } role ? MemberRoles.Parse(role) : null
        );

    /// <summary>A session is needed, a workspace is not; API keys are refused.</summary>
    public static void Policy(AuthorizationPolicyBuilder policy) => policy.RequireAuthenticatedUser().RequireClaim(InternalToken.ActorKind, "person");
}
