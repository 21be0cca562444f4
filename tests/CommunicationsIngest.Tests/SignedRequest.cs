using CommunicationsIngest.Providers.Twilio;

namespace CommunicationsIngest.Tests;

/// <summary>Makes requests as Twilio does.</summary>
public static class SignedRequest
{
    private static int _sids;

    public static string NewSid(string prefix) => $"{prefix}{Interlocked.Increment(ref _sids):x32}";

    public static HttpRequestMessage To(string path, params (string Name, string Value)[] parameters)
    {
        var request = WithoutSignature(path, parameters);
        var signed = parameters.GroupBy(p => p.Name).Select(p => KeyValuePair.Create(p.Key, p.Select(v => v.Value).ToArray()));
        request.Headers.Add("X-Twilio-Signature", TwilioSignature.Compute(Communications.AuthToken, Communications.PublicUrl + path, signed));
        return request;
    }

    public static HttpRequestMessage WithoutSignature(string path, params (string Name, string Value)[] parameters) =>
        new(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(parameters.Select(p => KeyValuePair.Create(p.Name, p.Value))) };
}
