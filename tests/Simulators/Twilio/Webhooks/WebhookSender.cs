using System.Text;
using Simulators.Twilio.Accounts;
using Simulators.Twilio.Network;

namespace Simulators.Twilio.Webhooks;

/// <summary>Signs and sends webhooks, tries again as the policy says, and logs every attempt.</summary>
internal sealed class WebhookSender(HttpClient http, TwilioAccount account, Randomness random, DeliveryLog log, TimeProvider clock)
{
    private const int LargestAnswer = 64 * 1024;

    /// <returns>The last attempt.</returns>
    public Task<Delivery> SendAsync(Webhook webhook, CancellationToken cancellation) => SendAsync(webhook, RetryPolicy.Default, cancellation);

    /// <inheritdoc cref="SendAsync(Webhook, CancellationToken)"/>
    public Task<Delivery> SendAsync(Webhook webhook, RetryPolicy policy, CancellationToken cancellation) =>
        SendAsync(webhook, random.IdempotencyToken(), policy, cancellation);

    /// <inheritdoc cref="SendAsync(Webhook, CancellationToken)"/>
    public async Task<Delivery> SendAsync(Webhook webhook, string idempotencyToken, RetryPolicy policy, CancellationToken cancellation)
    {
        policy = policy.OverriddenBy(webhook.Url);
        var started = clock.GetTimestamp();
        for (var attempt = 1; ; attempt++)
        {
            var delivery = await AttemptAsync(webhook, idempotencyToken, attempt, policy.ReadTimeout, replayOf: null, cancellation);
            var pause = policy.PauseAfter(attempt);
            if ((policy.On & delivery.Failure) == 0 || attempt > policy.Retries || !policy.Allows(clock.GetElapsedTime(started) + pause))
                return delivery;
            await Task.Delay(pause, clock, cancellation);
        }
    }

    public async Task<Delivery> AttemptAsync(
        Webhook webhook,
        string idempotencyToken,
        int attempt,
        TimeSpan timeout,
        long? replayOf,
        CancellationToken cancellation
    )
    {
        var startedAt = clock.GetUtcNow();
        var started = clock.GetTimestamp();
        var answer = await AnswerAsync(webhook, idempotencyToken, timeout, cancellation);
        return log.Add(id => new Delivery(
            id,
            webhook.Method,
            webhook.Url,
            new Uri(webhook.Url).AbsolutePath,
            webhook.Parameters,
            idempotencyToken,
            attempt,
            startedAt,
            clock.GetElapsedTime(started).TotalMilliseconds,
            answer.Status,
            answer.ContentType,
            answer.Body,
            answer.Failure,
            answer.Error,
            replayOf
        ));
    }

    private async Task<Answer> AnswerAsync(Webhook webhook, string idempotencyToken, TimeSpan timeout, CancellationToken cancellation)
    {
        using var deadline = new CancellationTokenSource(timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellation);
        try
        {
            using var request = webhook.Request(account.AuthToken, idempotencyToken);
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            var status = (int)response.StatusCode;
            try
            {
                var body = await ReadAsync(response, either.Token);
                return new Answer(status, response.Content.Headers.ContentType?.MediaType, body, FailureOf(status), null);
            }
            catch (Exception failure) when (!cancellation.IsCancellationRequested && IsTransport(failure))
            {
                // The status had arrived: the receiver has decided, whatever became of its body.
                return new Answer(status, null, null, FailureOf(status), failure.GetBaseException().Message);
            }
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            return new Answer(null, null, null, FailureKinds.ReadTimeout, $"no answer within {timeout.TotalSeconds:0.#} s");
        }
        catch (Exception failure) when (!cancellation.IsCancellationRequested && IsTransport(failure))
        {
            return new Answer(null, null, null, FailureKinds.Connection, failure.GetBaseException().Message);
        }
    }

    private static bool IsTransport(Exception failure) => failure is HttpRequestException or IOException or OperationCanceledException;

    private static async Task<string> ReadAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        await using var stream = await response.Content.ReadAsStreamAsync(cancellation);
        var buffer = new byte[LargestAnswer];
        var length = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellation);
        return Encoding.UTF8.GetString(buffer, 0, length);
    }

    private static FailureKinds FailureOf(int status) =>
        status switch
        {
            >= 500 => FailureKinds.ServerError,
            >= 300 => FailureKinds.ClientError,
            _ => FailureKinds.None,
        };

    private sealed record Answer(int? Status, string? ContentType, string? Body, FailureKinds Failure, string? Error);
}
