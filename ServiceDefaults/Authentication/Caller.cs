using System.Security.Claims;
using Messages;

namespace ServiceDefaults.Authentication;

/// <summary>Who makes this request, out of the verified internal token.</summary>
public sealed record Caller(Guid WorkspaceId, Actor Actor, IReadOnlySet<string> Scopes)
{
    public static Caller From(ClaimsPrincipal user) =>
        new(
            Guid.TryParse(user.FindFirstValue(InternalToken.WorkspaceId), out var workspaceId)
                ? workspaceId
                : throw new InvalidOperationException("The request carries no workspace; the route lacks RequireAuthorization."),
            new Actor(Enum.Parse<ActorKind>(user.FindFirstValue(InternalToken.ActorKind)!, ignoreCase: true), user.FindFirstValue(InternalToken.ActorId)!),
            user.FindAll(InternalToken.Scope).SelectMany(claim => claim.Value.Split(' ')).ToHashSet(StringComparer.Ordinal)
        );
}
