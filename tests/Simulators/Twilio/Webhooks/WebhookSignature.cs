using System.Security.Cryptography;
using System.Text;

namespace Simulators.Twilio.Webhooks;

/// <summary>
/// <c>X-Twilio-Signature</c> of a form request: base64 of HMAC-SHA1, keyed with the auth token, over the URL without its fragment followed by name and value of
/// each parameter in ordinal order of the names (https://www.twilio.com/docs/usage/webhooks/webhooks-security).
/// </summary>
internal static class WebhookSignature
{
    public static string Sign(string authToken, string url, IEnumerable<KeyValuePair<string, string>> parameters)
    {
        var signed = new StringBuilder(url.Split('#')[0]);
        foreach (var (name, value) in parameters.OrderBy(parameter => parameter.Key, StringComparer.Ordinal))
            signed.Append(name).Append(value);

#pragma warning disable CA5350 // The provider's protocol says SHA-1.
        return Convert.ToBase64String(HMACSHA1.HashData(Encoding.UTF8.GetBytes(authToken), Encoding.UTF8.GetBytes(signed.ToString())));
#pragma warning restore CA5350
    }
}
