namespace Identity.Users;

/// <summary>A person.</summary>
public sealed record UserResponse(Guid Id, string Email, string Name)
{
    internal static UserResponse Of(User user) => new(user.Id, user.Email!, user.Name);
}
