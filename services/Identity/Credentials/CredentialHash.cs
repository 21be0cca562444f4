using System.Security.Cryptography;
using System.Text;

namespace Identity.Credentials;

/// <summary>What is stored of a key or token: SHA-256. They are random and long, so no salt and no slow hash is needed.</summary>
internal static class CredentialHash
{
    public static byte[] Of(string credential) => SHA256.HashData(Encoding.ASCII.GetBytes(credential));
}
