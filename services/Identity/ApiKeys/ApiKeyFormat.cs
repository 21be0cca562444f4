using System.Buffers;
using System.IO.Hashing;
using System.Security.Cryptography;
using System.Text;

namespace Identity.ApiKeys;

/// <summary>
/// <c>ck_</c>, 40 random base62 characters (238 bits), and the CRC-32 of all that as 6 base62 characters: a mistyped or truncated key is told without a look-up, and secret
/// scanners recognise a leaked one.
/// </summary>
internal static class ApiKeyFormat
{
    public const string Prefix = "ck_";

    private const string Base62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static readonly SearchValues<char> Base62Values = SearchValues.Create(Base62);
    private const int RandomLength = 40;
    private const int ChecksumLength = 6;
    private const int Length = 3 + RandomLength + ChecksumLength;

    public static string Create()
    {
        var body = Prefix + RandomNumberGenerator.GetString(Base62, RandomLength);
        return body + Checksum(body);
    }

    public static bool IsWellFormed(string key) =>
        key.Length == Length
        && key.StartsWith(Prefix, StringComparison.Ordinal)
        && key.AsSpan(Prefix.Length).IndexOfAnyExcept(Base62Values) < 0
        && key.AsSpan(Length - ChecksumLength).SequenceEqual(Checksum(key[..^ChecksumLength]));

    private static string Checksum(string body)
    {
        var rest = Crc32.HashToUInt32(Encoding.ASCII.GetBytes(body));
        var digits = new char[ChecksumLength];
        for (var i = ChecksumLength - 1; i >= 0; i--)
        {
            digits[i] = Base62[(int)(rest % 62)];
            rest /= 62;
        }
        return new(digits);
    }
}
