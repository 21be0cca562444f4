using System.Security.Cryptography;
using System.Text;

namespace CommunicationsIngest.Providers.Twilio;

/// <summary>
/// <c>X-Twilio-Signature</c> (https://www.twilio.com/docs/usage/security#validating-requests): base64 of HMAC-SHA1, keyed with the account's token, over the URL that Twilio
/// requested, followed, for a form, by its parameters in ordinal order of their names, each name and value put together. Twilio signs with or without the port,
/// depending on the product, so both are tried.
/// </summary>
internal static class TwilioSignature
{
    /// <summary>Name of the query parameter that carries the hex SHA-256 of a body that is no form.</summary>
    public const string BodyHash = "bodySHA256";
    private const int Length = 20;

    public static bool SignsForm(string authToken, Uri url, IEnumerable<KeyValuePair<string, string[]>> parameters, string? signature) =>
        Signs(authToken, url, Concatenate(parameters), signature);

    public static bool SignsBody(string authToken, Uri url, ReadOnlySpan<byte> body, string? bodyHash, string? signature)
    {
        var expected = Encoding.ASCII.GetBytes(Convert.ToHexStringLower(SHA256.HashData(body)));
        return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(bodyHash ?? ""), expected) && Signs(authToken, url, "", signature);
    }

    public static string Compute(string authToken, string url, IEnumerable<KeyValuePair<string, string[]>> parameters) =>
        Convert.ToBase64String(Hash(authToken, url + Concatenate(parameters)));

    private static bool Signs(string authToken, Uri url, string parameters, string? signature)
    {
        Span<byte> given = stackalloc byte[Length];
        if (authToken.Length == 0 || signature is not { Length: <= 64 } || !Convert.TryFromBase64String(signature, given, out var written) || written != Length)
        {
            return false;
        }
        foreach (var spelling in Spellings(url))
        {
            if (CryptographicOperations.FixedTimeEquals(Hash(authToken, spelling + parameters), given))
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>A name given twice counts once per different value, as in Twilio's own libraries.</summary>
    private static string Concatenate(IEnumerable<KeyValuePair<string, string[]>> parameters)
    {
        var text = new StringBuilder();
        foreach (var (name, values) in parameters.OrderBy(parameter => parameter.Key, StringComparer.Ordinal))
        {
            foreach (var value in values.Length == 1 ? values : [.. values.Distinct().Order(StringComparer.Ordinal)])
            {
                text.Append(name).Append(value);
            }
        }
        return text.ToString();
    }

    private static IEnumerable<string> Spellings(Uri url)
    {
        // As written first: Uri would drop a default port and normalise escapes.
        var written = url.OriginalString.Split('#')[0];
        yield return written;
        var authorityEnd = written.IndexOf('/', written.IndexOf("://", StringComparison.Ordinal) + 3);
        var rest = authorityEnd < 0 ? "" : written[authorityEnd..];
        yield return $"{url.Scheme}://{url.Host}{rest}";
        yield return $"{url.Scheme}://{url.Host}:{url.Port}{rest}";
    }

#pragma warning disable CA5350 // SHA-1 is Twilio's choice, and HMAC does not rest on its collision resistance.
    private static byte[] Hash(string authToken, string text) => HMACSHA1.HashData(Encoding.UTF8.GetBytes(authToken), Encoding.UTF8.GetBytes(text));
#pragma warning restore CA5350
}
