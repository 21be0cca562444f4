using System.Net.Http.Headers;

namespace Simulators.Twilio.Webhooks;

/// <summary>A request to the system, before it is signed and sent.</summary>
/// <param name="Url">As configured or given by the system; its fragment holds connection overrides and is never sent.</param>
/// <param name="Method">POST with a form body, or GET with the parameters in the query.</param>
internal sealed record Webhook(string Url, OrderedDictionary<string, string> Parameters, string Method = "POST")
{
    public static string MethodOf(string? given) => "GET".Equals(given, StringComparison.OrdinalIgnoreCase) ? "GET" : "POST";

    /// <summary>The same request, byte for byte, each time: a repetition differs in nothing that the receiver can see.</summary>
    public HttpRequestMessage Request(string authToken, string idempotencyToken)
    {
        var url = Url.Split('#')[0];
        var query = Method == "GET";
        if (query)
            url +=
                (url.Contains('?', StringComparison.Ordinal) ? '&' : '?')
                + string.Join('&', Parameters.Select(p => $"{Uri.EscapeDataString(p.Key)}={Uri.EscapeDataString(p.Value)}"));

        var request = new HttpRequestMessage(new HttpMethod(Method), url);
        request.Headers.Add("X-Twilio-Signature", WebhookSignature.Sign(authToken, url, query ? [] : Parameters));
        request.Headers.Add("I-Twilio-Idempotency-Token", idempotencyToken);
        request.Headers.UserAgent.ParseAdd("TwilioProxy/1.1");
        request.Headers.Accept.ParseAdd("*/*");
        request.Headers.Add("X-Home-Region", "us1");
        if (!query)
        {
            request.Content = new FormUrlEncodedContent(Parameters);
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-www-form-urlencoded", "UTF-8");
        }
        return request;
    }
}
