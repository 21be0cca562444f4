using System.Security.Cryptography;
using System.Text;

namespace EndToEnd.Tests;

/// <summary>Signs a form as the provider would, for the requests that the simulator would never send.</summary>
internal static class TwilioSignature
{
    public static HttpRequestMessage Sign(Uri gateway, string path, IReadOnlyDictionary<string, string> form, string authToken)
    {
        var url = new Uri(gateway, path).AbsoluteUri;
        var text = url + string.Concat(form.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => pair.Key + pair.Value));
#pragma warning disable CA5350 // HMAC-SHA1 is the provider's choice.
        var signature = Convert.ToBase64String(HMACSHA1.HashData(Encoding.UTF8.GetBytes(authToken), Encoding.UTF8.GetBytes(text)));
#pragma warning restore CA5350
        var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new FormUrlEncodedContent(form) };
        request.Headers.Add("X-Twilio-Signature", signature);
        return request;
    }
}
