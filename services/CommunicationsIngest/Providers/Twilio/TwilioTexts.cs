using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using CommunicationsIngest.Texts;
using Microsoft.Extensions.Options;
using Polly.CircuitBreaker;

namespace CommunicationsIngest.Providers.Twilio;

/// <summary>
/// Sends texts: https://www.twilio.com/docs/messaging/api/message-resource#create-a-message-resource. The API knows no idempotency key, so a request whose answer was lost is not
/// repeated.
/// </summary>
internal sealed class TwilioTexts(IHttpClientFactory clients, IOptionsMonitor<TwilioOptions> options) : ITextProvider
{
    public const string Client = "twilio-texts";

    /// <summary>https://www.twilio.com/docs/api/errors/21610: the person replied STOP.</summary>
    private const string Unsubscribed = "21610";

    public string Provider => TwilioSetup.Provider;

    public async Task<Handover> SendAsync(Guid messageId, string from, string to, string body, CancellationToken cancellationToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(SendTexts.CallTimeout);
        using var request = Request(messageId, from, to, body);
        try
        {
            using var answer = await clients.CreateClient(Client).SendAsync(request, timeout.Token);
            return await ReadAsync(answer, timeout.Token);
        }
        catch (BrokenCircuitException)
        {
            return new Handover.Postponed("the provider was not reached lately");
        }
        catch (HttpRequestException exception)
            when (exception.HttpRequestError
                    is HttpRequestError.ConnectionError
                        or HttpRequestError.NameResolutionError
                        or HttpRequestError.SecureConnectionError
                || exception.InnerException is SocketException { SocketErrorCode: SocketError.ConnectionRefused }
            )
        {
            return new Handover.Postponed("the provider cannot be reached");
        }
        catch (Exception exception)
            when (exception is HttpRequestException or IOException or OperationCanceledException or Polly.ExecutionRejectedException or JsonException)
        {
            return new Handover.Unknown(exception.GetType().Name);
        }
    }

    private HttpRequestMessage Request(Guid messageId, string from, string to, string body)
    {
        var twilio = options.CurrentValue;
        var parameters = new Dictionary<string, string>
        {
            ["From"] = from,
            ["To"] = to,
            ["Body"] = body,
        };
        if (twilio.PublicUrl is { } publicUrl)
        {
            parameters["StatusCallback"] = $"{publicUrl.OriginalString.TrimEnd('/')}{FollowText.Path}?{FollowText.MessageId}={messageId:D}";
        }
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(twilio.BaseUrl, $"/2010-04-01/Accounts/{twilio.AccountSid}/Messages.json"))
        {
            Content = new FormUrlEncodedContent(parameters),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue(
            "Basic",
            Convert.ToBase64String(Encoding.UTF8.GetBytes($"{twilio.AccountSid}:{twilio.AuthToken}"))
        );
        return request;
    }

    private static async Task<Handover> ReadAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        var status = answer.StatusCode;
        if (status is HttpStatusCode.TooManyRequests)
        {
            return new Handover.Postponed("the provider takes no more for now");
        }
        if (status >= HttpStatusCode.InternalServerError)
        {
            return new Handover.Unknown($"HTTP {(int)status}");
        }
        if (!answer.IsSuccessStatusCode)
        {
            var code = await ErrorCodeAsync(answer, cancellationToken);
            return new Handover.Refused(code, code == Unsubscribed);
        }
        var message = await answer.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
        return message.ValueKind == JsonValueKind.Object && message.TryGetProperty("sid", out var sid) && sid.GetString() is { Length: > 0 and <= 64 } id
            ? new Handover.Accepted(id)
            : new Handover.Unknown("the provider's answer names no message");
    }

    private static async Task<string> ErrorCodeAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        try
        {
            var error = await answer.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
            if (error.ValueKind == JsonValueKind.Object && error.TryGetProperty("code", out var code) && code.TryGetInt32(out var number))
            {
                return number.ToString(System.Globalization.CultureInfo.InvariantCulture);
            }
        }
        catch (JsonException)
        {
            // Not the API's own answer.
        }
        return $"http-{(int)answer.StatusCode}";
    }
}
