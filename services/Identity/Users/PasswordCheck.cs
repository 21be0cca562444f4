using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Identity.Users;

/// <summary>
/// Is this the person's password? Ten wrong ones in a row lock the person out for five minutes. Counted in one statement: ASP.NET Core Identity's own counter is optimistic and
/// takes wrong passwords that come at once for one.
/// </summary>
internal sealed class PasswordCheck(UserManager<User> users, UsersContext context, Decoy decoy, TimeProvider clock)
{
    private const int MaxFailures = 10;
    private static readonly TimeSpan LockoutTime = TimeSpan.FromMinutes(5);

    /// <returns>The person; null where the email is unknown, the password wrong or the person locked out.</returns>
    public async Task<User?> FindAsync(string email, string password, CancellationToken cancellationToken)
    {
        if (await users.FindByEmailAsync(email) is not { } user)
        {
            decoy.Check(password);
            return null;
        }
        var isRight = await users.CheckPasswordAsync(user, password);
        var now = clock.GetUtcNow();
        if (user.LockoutEnd > now)
        {
            return null;
        }
        if (!isRight)
        {
            await CountFailureAsync(user, now + LockoutTime, cancellationToken);
            return null;
        }
        if (user.AccessFailedCount > 0)
        {
            await context.Users.Where(u => u.Id == user.Id).ExecuteUpdateAsync(u => u.SetProperty(x => x.AccessFailedCount, 0), cancellationToken);
        }
        return user;
    }

    private Task<int> CountFailureAsync(User user, DateTimeOffset lockoutEnd, CancellationToken cancellationToken) =>
        context
            .Users.Where(u => u.Id == user.Id)
            .ExecuteUpdateAsync(
                u =>
                    u.SetProperty(x => x.LockoutEnd, x => x.AccessFailedCount + 1 >= MaxFailures ? lockoutEnd : x.LockoutEnd)
                        .SetProperty(x => x.AccessFailedCount, x => x.AccessFailedCount + 1 >= MaxFailures ? 0 : x.AccessFailedCount + 1),
                cancellationToken
            );
}
