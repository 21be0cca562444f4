using System.ComponentModel.DataAnnotations;
using Identity.Credentials;
using Identity.Members;
using Identity.Users;
using Identity.Workspaces;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;
using ServiceDefaults.Postgres;
using ServiceDefaults.Problems;

namespace Identity.Sessions;

/// <param name="Email">The person's email.</param>
/// <param name="Password">The person's password.</param>
/// <param name="WorkspaceId">The workspace to enter; the oldest membership where it is not given.</param>
public sealed record SignInRequest(
    [property: Required, StringLength(254, MinimumLength = 3)] string Email,
    [property: Required, StringLength(PasswordRules.MaxLength, MinimumLength = 1)] string Password,
    Guid? WorkspaceId = null
);

/// <param name="Token">The session token, <c>cs_…</c>; shown this once. Send it as <c>Authorization: Bearer</c>.</param>
/// <param name="ExpiresAt">When it ends if it is not used before; each use moves it to 14 days ahead.</param>
/// <param name="User">Who signed in.</param>
/// <param name="Workspace">The workspace entered; null where the person is a member of none.</param>
/// <param name="Role">The person's role there.</param>
/// <param name="Workspaces">Every workspace that the person may enter.</param>
public sealed record SessionResponse(
    string Token,
    DateTimeOffset ExpiresAt,
    UserResponse User,
    WorkspaceResponse? Workspace,
    MemberRole? Role,
    IReadOnlyList<MembershipResponse> Workspaces
);

internal static class SignIn
{
    /// <summary>Sign in: make a session.</summary>
    /// <remarks>An unknown email and a wrong password get the same answer after the same time. Ten wrong passwords lock the person out for five minutes.</remarks>
    public static async Task<Results<Created<SessionResponse>, ProblemHttpResult>> HandleAsync(
        SignInRequest request,
        SignInThrottle throttle,
        PasswordCheck passwords,
        NpgsqlDataSource dataSource,
        Database database,
        TimeProvider clock,
        HttpContext http,
        CancellationToken cancellationToken
    )
    {
        var throttled = $"{http.Connection.RemoteIpAddress} {request.Email.ToUpperInvariant()}";
        if (throttle.IsExhausted(throttled))
        {
            http.Response.Headers.RetryAfter = SignInThrottle.RetryAfterSeconds;
            return Problem.Of(StatusCodes.Status429TooManyRequests, "too-many-sign-ins", "Too many failed sign-ins.", "Try again in five minutes.");
        }
        if (await passwords.FindAsync(request.Email, request.Password, cancellationToken) is not { } user)
        {
            throttle.CountFailure(throttled);
            return Problem.Of(
                StatusCodes.Status401Unauthorized,
                "sign-in-failed",
                "Sign-in failed.",
                "The email or the password is wrong, or there were too many attempts. After ten, wait five minutes."
            );
        }

        var memberships = await Membership.OfAsync(dataSource, user.Id, cancellationToken);
        var entered = memberships.FirstOrDefault(m => request.WorkspaceId is null || m.WorkspaceId == request.WorkspaceId);
        if (request.WorkspaceId is not null && entered is null)
        {
            return Problem.Forbidden("not-a-member", "You are not a member of this workspace.");
        }

        var token = SessionToken.Create();
        var expiresAt = await StoreAsync(database, user.Id, entered?.WorkspaceId, token, clock.GetUtcNow(), cancellationToken);
        return TypedResults.Created(
            "/v1/sessions/current",
            new SessionResponse(
                token,
                expiresAt,
                UserResponse.Of(user),
                entered?.ToWorkspace(),
                entered is null ? null : MemberRoles.Parse(entered.Role),
                [.. memberships.Select(m => m.ToResponse())]
            )
        );
    }

    private static async Task<DateTimeOffset> StoreAsync(
        Database database,
        Guid userId,
        Guid? workspaceId,
        string token,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        await using var work = database.Begin(workspaceId ?? Guid.Empty);
        await work.ExecuteAsync(
            """
            DELETE FROM sessions WHERE user_id = @userId AND (expires_at < @now OR revoked_at IS NOT NULL);
            INSERT INTO sessions (id, token_hash, user_id, chosen_workspace_id, created_at, expires_at, last_used_at)
            VALUES (@id, @hash, @userId, @workspaceId, @now, @expiresAt, @now)
            """,
            new
            {
                id = Guid.CreateVersion7(now),
                hash = CredentialHash.Of(token),
                userId,
                workspaceId,
                now,
                expiresAt = now + SessionToken.Life,
            },
            cancellationToken
        );
        await work.CommitAsync(cancellationToken);
        return now + SessionToken.Life;
    }
}
