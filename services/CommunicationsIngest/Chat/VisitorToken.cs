using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace CommunicationsIngest.Chat;

/// <summary><c>cv_</c> and 256 random bits in base64url. It is shown once and kept as SHA-256: a random secret of this length needs no slower hash.</summary>
internal static class VisitorToken
{
    public const string Prefix = "cv_";
    private const int Bytes = 32;
    private const int Length = 46;

    public static string Create() => Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    /// <returns>Null where it cannot be one: no visit to the database then.</returns>
    public static byte[]? Hash(string? token) =>
        token is { Length: Length } && token.StartsWith(Prefix, StringComparison.Ordinal) && Base64Url.IsValid(token.AsSpan(Prefix.Length))
            ? SHA256.HashData(Encoding.ASCII.GetBytes(token))
            : null;
}
