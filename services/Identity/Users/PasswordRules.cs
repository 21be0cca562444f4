using System.Security.Cryptography;

namespace Identity.Users;

internal static class PasswordRules
{
    public const int MinLength = 10;

    /// <summary>Bounds the work of hashing.</summary>
    public const int MaxLength = 128;

    /// <summary>16 characters of 31 (79 bits) that nobody confuses when reading them out.</summary>
    public static string CreateTemporary() => RandomNumberGenerator.GetString("abcdefghjkmnpqrstuvwxyz23456789", 16);
}
