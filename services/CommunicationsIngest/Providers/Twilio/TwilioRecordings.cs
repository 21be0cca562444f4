using System.Net;
using System.Net.Http.Headers;
using System.Text;
using CommunicationsIngest.Recordings;
using Microsoft.Extensions.Options;

namespace CommunicationsIngest.Providers.Twilio;

/// <summary>
/// Fetches recordings with the account's credentials, from the configured API host and from nowhere else: a webhook's URL is somebody's word, and the credentials and the
/// inside of our network must not go where it points. Redirects are not followed.
/// </summary>
internal sealed class TwilioRecordings(IHttpClientFactory clients, IOptionsMonitor<TwilioOptions> options) : IRecordingSource
{
    public const string Client = "twilio-recordings";
    private const string Accounts = "/2010-04-01/Accounts/";

    public string Provider => TwilioSetup.Provider;

    public static bool IsOurs(Uri url, Uri baseUrl) =>
        url.Scheme == baseUrl.Scheme
        && url.Port == baseUrl.Port
        && url.UserInfo.Length == 0
        && (string.Equals(url.Host, baseUrl.Host, StringComparison.OrdinalIgnoreCase) || (url.IsLoopback && baseUrl.IsLoopback))
        && url.AbsolutePath.StartsWith(Accounts, StringComparison.Ordinal);

    public async Task<HttpResponseMessage> OpenAsync(Uri url, CancellationToken cancellationToken)
    {
        var twilio = options.CurrentValue;
        if (!IsOurs(url, twilio.BaseUrl))
        {
            throw new RecordingRefusedException("its address is not the provider's");
        }
        // To the configured host itself, whatever the URL's spelling of it; uncompressed, as later transcription wants it.
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(twilio.BaseUrl, url.AbsolutePath + ".wav"));
        request.Headers.Authorization = new AuthenticationHeaderValue(
            "Basic",
            Convert.ToBase64String(Encoding.UTF8.GetBytes($"{twilio.AccountSid}:{twilio.AuthToken}"))
        );
        var answer = await clients.CreateClient(Client).SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (answer.StatusCode is >= HttpStatusCode.MultipleChoices and < HttpStatusCode.BadRequest)
        {
            answer.Dispose();
            throw new RecordingRefusedException("it redirects elsewhere");
        }
        try
        {
            return answer.EnsureSuccessStatusCode();
        }
        catch (HttpRequestException)
        {
            answer.Dispose();
            throw;
        }
    }
}
