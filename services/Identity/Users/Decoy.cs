using Microsoft.AspNetCore.Identity;

namespace Identity.Users;

/// <summary>A person nobody is, whose password is checked when an email is unknown: the answer takes as long as for a known one.</summary>
internal sealed class Decoy
{
    private readonly PasswordHasher<User> _hasher = new();
    private readonly string _hash;

    public Decoy() => _hash = _hasher.HashPassword(new(), PasswordRules.CreateTemporary());

    public void Check(string password) => _hasher.VerifyHashedPassword(new(), _hash, password);
}
