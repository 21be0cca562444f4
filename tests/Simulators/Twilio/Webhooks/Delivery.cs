namespace Simulators.Twilio.Webhooks;

/// <summary>One attempt to deliver a webhook, and what came of it.</summary>
/// <param name="Id">Position in the log, from 1; also its cursor.</param>
/// <param name="Attempt">From 1; the tries of one webhook share their idempotency token.</param>
/// <param name="Status">HTTP status; null when no answer came.</param>
/// <param name="Body">The first 64 KiB of the answer.</param>
/// <param name="Failure">connection, read_timeout, client_error or server_error; none for 2xx.</param>
/// <param name="ReplayOf">The delivery that this one repeats.</param>
public sealed record Delivery(
    long Id,
    string Method,
    string Url,
    string Path,
    OrderedDictionary<string, string> Parameters,
    string IdempotencyToken,
    int Attempt,
    DateTimeOffset StartedAt,
    double DurationMs,
    int? Status,
    string? ContentType,
    string? Body,
    FailureKinds Failure,
    string? Error,
    long? ReplayOf
)
{
    /// <summary>The receiver answered 2xx; nothing else counts.</summary>
    public bool Acknowledged => Status is >= 200 and < 300;
}
