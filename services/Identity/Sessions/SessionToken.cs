using System.Buffers;
using System.Security.Cryptography;

namespace Identity.Sessions;

/// <summary><c>cs_</c> and 43 random base62 characters (256 bits). Good for 14 days from its last use.</summary>
internal static class SessionToken
{
    public const string Prefix = "cs_";

    public static readonly TimeSpan Life = TimeSpan.FromDays(14);

    private const string Base62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private const int RandomLength = 43;
    private static readonly SearchValues<char> Base62Values = SearchValues.Create(Base62);

    public static string Create() => Prefix + RandomNumberGenerator.GetString(Base62, RandomLength);

    public static bool IsWellFormed(string token) =>
        token.Length == Prefix.Length + RandomLength
        && token.StartsWith(Prefix, StringComparison.Ordinal)
        && token.AsSpan(Prefix.Length).IndexOfAnyExcept(Base62Values) < 0;
}
