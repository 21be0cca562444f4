using System.Security.Claims;
using Identity.ApiKeys;
using Identity.Members;
using Identity.Sessions;
using Identity.Users;
using Identity.Workspaces;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Npgsql;
using ServiceDefaults.Authentication;
using ServiceDefaults.Postgres;

namespace Identity.Me;

/// <param name="User">The signed-in person; null for an API key.</param>
/// <param name="ApiKey">The API key; null for a person.</param>
/// <param name="Workspace">Where the session or key works; null where the person is in no workspace.</param>
/// <param name="Role">The person's role there; null for an API key.</param>
/// <param name="Scopes">What may be done there.</param>
/// <param name="Workspaces">Every workspace that the person may enter; empty for an API key.</param>
public sealed record MeResponse(
    UserResponse? User,
    ApiKeyResponse? ApiKey,
    WorkspaceResponse? Workspace,
    MemberRole? Role,
    IReadOnlyList<string> Scopes,
    IReadOnlyList<MembershipResponse> Workspaces
);

internal static class GetMe
{
    /// <summary>Who makes this request, and what may it do?</summary>
    public static async Task<Ok<MeResponse>> HandleAsync(
        ClaimsPrincipal principal,
        UserManager<User> users,
        NpgsqlDataSource dataSource,
        Database database,
        CancellationToken cancellationToken
    ) =>
        TypedResults.Ok(
            Person.Is(principal)
                ? await DescribeAsync(Person.From(principal), users, dataSource, cancellationToken)
                : await DescribeAsync(Caller.From(principal), database, cancellationToken)
        );

    private static async Task<MeResponse> DescribeAsync(
        Person person,
        UserManager<User> users,
        NpgsqlDataSource dataSource,
        CancellationToken cancellationToken
    )
    {
        var user = await users.FindByIdAsync(person.UserId.ToString());
        var memberships = await Membership.OfAsync(dataSource, person.UserId, cancellationToken);
        return new(
            UserResponse.Of(user!),
            null,
            memberships.FirstOrDefault(m => m.WorkspaceId == person.WorkspaceId)?.ToWorkspace(),
            person.Role,
            person.Role?.ScopesOf() ?? [],
            [.. memberships.Select(m => m.ToResponse())]
        );
    }

    private static async Task<MeResponse> DescribeAsync(Caller caller, Database database, CancellationToken cancellationToken)
    {
        await using var work = database.Begin(caller.WorkspaceId);
        var key = await work.SingleAsync<ApiKeyRow>(
            "SELECT id, name, hint, scopes, rate_limit, created_at, expires_at, last_used_at FROM api_keys WHERE id = @id",
            new { id = Guid.Parse(caller.Actor.Id) },
            cancellationToken
        );
        return new(null, key.ToResponse(), await GetWorkspace.ReadAsync(work, cancellationToken), null, key.Scopes, []);
    }
}
