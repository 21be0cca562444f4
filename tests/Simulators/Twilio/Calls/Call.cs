using System.Text.Json;

namespace Simulators.Twilio.Calls;

/// <summary>Status values of https://www.twilio.com/docs/voice/api/call-resource; on the wire in kebab case.</summary>
public enum CallStatus
{
    Queued,
    Ringing,
    InProgress,
    Completed,
    Busy,
    Failed,
    NoAnswer,
    Canceled,
}

internal static class CallStatusName
{
    public static string Wire(this CallStatus status) => JsonNamingPolicy.KebabCaseLower.ConvertName(status.ToString());

    public static bool IsFinal(this CallStatus status) => status >= CallStatus.Completed;
}

/// <param name="Direction">inbound, outbound-api or outbound-dial.</param>
internal sealed record Call(string Sid, string From, string To, string Direction, CallStatus Status, DateTimeOffset CreatedAt)
{
    public string? ParentSid { get; init; }
    public string? CallerName { get; init; }

    /// <summary>STIR/SHAKEN attestation of the caller, for example TN-Validation-Passed-A.</summary>
    public string? StirVerstat { get; init; }

    /// <summary>human, machine_start or machine_end_beep, where detection was asked for.</summary>
    public string? AnsweredBy { get; init; }
    public DateTimeOffset? StartedAt { get; init; }
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Seconds from answer to end.</summary>
    public int? Duration { get; init; }

    /// <summary>What was heard on the line, verb by verb, and what went wrong, with Twilio's error code.</summary>
    public IReadOnlyList<string> Played { get; init; } = [];
}
