using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;

namespace Identity.Users;

internal static class UsersSetup
{
    /// <summary>Passwords by length, not by character classes (NIST SP 800-63B, 3.1.1.2).</summary>
    public static void AddUsers(this WebApplicationBuilder builder)
    {
        builder.Services.AddDbContext<UsersContext>(
            (services, options) =>
                options
                    .UseNpgsql(services.GetRequiredService<NpgsqlDataSource>())
                    .ConfigureWarnings(log => log.Log((RelationalEventId.CommandExecuted, LogLevel.Debug)))
        );
        builder
            .Services.AddIdentityCore<User>(options =>
            {
                options.Password.RequiredLength = PasswordRules.MinLength;
                options.Password.RequireDigit = false;
                options.Password.RequireLowercase = false;
                options.Password.RequireUppercase = false;
                options.Password.RequireNonAlphanumeric = false;
                options.Password.RequiredUniqueChars = 4;
                options.User.RequireUniqueEmail = true;
                // The name is the email; what an email may contain is checked where it comes in.
                options.User.AllowedUserNameCharacters = "";
            })
            .AddUserStore<UserOnlyStore<User, UsersContext, Guid>>();
        builder.Services.AddSingleton<Decoy>();
        builder.Services.AddScoped<PasswordCheck>();
    }
}
