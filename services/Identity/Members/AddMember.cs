using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using Identity.Users;
using Messages;
using Messaging.Sending;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using ServiceDefaults.Authentication;
using ServiceDefaults.Postgres;
using ServiceDefaults.Problems;

namespace Identity.Members;

/// <param name="Email">The person's email.</param>
/// <param name="Name">How to call the person, 1 to 100 characters; kept as it is where the person is known already.</param>
/// <param name="Role">What the person is to be here.</param>
public sealed record AddMemberRequest(
    [property: Required, StringLength(254, MinimumLength = 3), EmailAddress] string Email,
    [property: Required, StringLength(100, MinimumLength = 1)] string Name,
    MemberRole Role
);

/// <param name="Member">The new membership.</param>
/// <param name="TemporaryPassword">For a person who could not sign in before: shown this once, to be handed over and changed. Null where the person has a password.</param>
public sealed record AddMemberResponse(MemberResponse Member, string? TemporaryPassword);

internal static class AddMember
{
    /// <summary>Add a member.</summary>
    /// <remarks>No mail is sent: hand the temporary password over yourself; the person changes it with <c>PUT /v1/me/password</c>.</remarks>
    public static async Task<Results<Created<AddMemberResponse>, ProblemHttpResult>> HandleAsync(
        AddMemberRequest request,
        ClaimsPrincipal principal,
        UnitOfWork work,
        Caller caller,
        Outbox outbox,
        UserManager<User> users,
        UsersContext context,
        TimeProvider clock,
        CancellationToken cancellationToken
    )
    {
        if (RoleRules.Refuse(principal, caller, request.Role) is { } refusal)
        {
            return refusal;
        }
        await context.JoinAsync(work, cancellationToken);
        string? temporaryPassword = null;
        var user = await users.FindByEmailAsync(request.Email);
        if (user is null)
        {
            temporaryPassword = PasswordRules.CreateTemporary();
            user = User.Create(request.Email, request.Name.Trim(), clock);
            if (await CreateAsync(users, user, temporaryPassword) is { } problem)
            {
                return problem;
            }
        }
        var now = clock.GetUtcNow();
        var added = await work.ExecuteAsync(
            "INSERT INTO members (workspace_id, user_id, role, created_at) VALUES (@WorkspaceId, @Id, @role, @now) ON CONFLICT DO NOTHING",
            new
            {
                work.WorkspaceId,
                user.Id,
                role = request.Role.ToText(),
                now,
            },
            cancellationToken
        );
        if (added == 0)
        {
            return Problem.Conflict("member-exists", "This person is a member already.");
        }
        var details = new Dictionary<string, string> { ["role"] = request.Role.ToText() };
        outbox.Enqueue(work, caller.Actor, new AuditRecorded("member.added", "member", user.Id.ToString(), details));
        var member = new MemberResponse(user.Id, user.Email!, user.Name, request.Role, now);
        return TypedResults.Created($"/v1/members/{user.Id}", new AddMemberResponse(member, temporaryPassword));
    }

    private static async Task<ProblemHttpResult?> CreateAsync(UserManager<User> users, User user, string password)
    {
        try
        {
            var created = await users.CreateAsync(user, password);
            return created.Succeeded ? null : Problem.Invalid("email", string.Join(" ", created.Errors.Select(error => error.Description)));
        }
        catch (DbUpdateException exception) when (exception.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            return Problem.Conflict("member-exists", "Somebody added this person at the same moment. Look at the list of members.");
        }
    }
}
