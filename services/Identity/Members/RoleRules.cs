using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using ServiceDefaults.Authentication;
using ServiceDefaults.Postgres;
using ServiceDefaults.Problems;

namespace Identity.Members;

/// <summary>Who may make whom what.</summary>
internal static class RoleRules
{
    /// <summary>Only owners touch owners; nobody, and no key, gives a role that can do more than the giver.</summary>
    public static ProblemHttpResult? Refuse(ClaimsPrincipal user, Caller caller, params MemberRole[] concerned)
    {
        if (concerned.Contains(MemberRole.Owner) && user.FindFirstValue(InternalToken.Role) != MemberRole.Owner.ToText())
        {
            return Problem.Forbidden("owners-only", "Only an owner can make, change or remove an owner.");
        }
        return concerned.SelectMany(role => role.ScopesOf()).All(caller.Scopes.Contains)
            ? null
            : Problem.Forbidden("scope-exceeded", "This role can do more than you can.");
    }

    /// <summary>
    /// Locks the workspace's memberships of owners, so that two owners who remove each other at once cannot both succeed, and says whether this person is the last of them.
    /// </summary>
    public static async Task<bool> IsLastOwnerAsync(UnitOfWork work, Guid userId, CancellationToken cancellationToken)
    {
        var owners = await work.QueryAsync<Guid>(
            "SELECT user_id FROM members WHERE role = 'owner' ORDER BY user_id FOR UPDATE",
            cancellationToken: cancellationToken
        );
        return owners.Count == 1 && owners[0] == userId;
    }

    public static ProblemHttpResult LastOwner() => Problem.Conflict("last-owner", "A workspace keeps at least one owner: make somebody else an owner first.");
}
