using System.ComponentModel.DataAnnotations;
using Identity.Sessions;
using Identity.Users;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using ServiceDefaults.Postgres;
using ServiceDefaults.Problems;

namespace Identity.Me;

/// <param name="CurrentPassword">The password until now.</param>
/// <param name="NewPassword">10 to 128 characters, at least 4 different ones.</param>
public sealed record ChangePasswordRequest(
    [property: Required, StringLength(PasswordRules.MaxLength, MinimumLength = 1)] string CurrentPassword,
    [property: Required, StringLength(PasswordRules.MaxLength, MinimumLength = PasswordRules.MinLength)] string NewPassword
);

internal static class ChangePassword
{
    /// <summary>Change one's own password; every other session of the person ends.</summary>
    public static async Task<Results<NoContent, ProblemHttpResult>> HandleAsync(
        ChangePasswordRequest request,
        Person person,
        UserManager<User> users,
        UsersContext context,
        PasswordCheck passwords,
        PersonSessions sessions,
        Database database,
        CancellationToken cancellationToken
    )
    {
        var email = (await users.FindByIdAsync(person.UserId.ToString()))!.Email!;
        if (await passwords.FindAsync(email, request.CurrentPassword, cancellationToken) is not { } user)
        {
            return Problem.Invalid("current_password", "current_password is wrong, or there were too many attempts.", "wrong-password");
        }
        await using var work = database.Begin(person.WorkspaceOrNone);
        await context.JoinAsync(work, cancellationToken);
        var changed = await users.ChangePasswordAsync(user, request.CurrentPassword, request.NewPassword);
        if (!changed.Succeeded)
        {
            return Problem.Invalid("new_password", string.Join(" ", changed.Errors.Select(error => error.Description)));
        }
        await sessions.EndOthersAsync(work, person.Actor, person.UserId, person.SessionId, cancellationToken);
        await work.CommitAsync(cancellationToken);
        return TypedResults.NoContent();
    }
}
