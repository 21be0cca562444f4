using Microsoft.AspNetCore.Identity;

namespace Identity.Users;

/// <summary>A person who can sign in. Which workspaces he may enter, and as what, are memberships.</summary>
internal sealed class User : IdentityUser<Guid>
{
    public string Name { get; set; } = "";

    public DateTimeOffset CreatedAt { get; set; }

    public static User Create(string email, string name, TimeProvider clock) =>
        new()
        {
            Id = Guid.CreateVersion7(clock.GetUtcNow()),
            Email = email,
            UserName = email,
            Name = name,
            CreatedAt = clock.GetUtcNow(),
        };
}
