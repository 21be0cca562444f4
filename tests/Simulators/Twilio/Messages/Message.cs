namespace Simulators.Twilio.Messages;

/// <summary>Direction and status as in https://www.twilio.com/docs/messaging/api/message-resource.</summary>
public enum MessageStatus
{
    /// <summary>Taken for a Messaging Service, whose number is not chosen yet.</summary>
    Accepted,
    Queued,
    Sent,
    Delivered,
    Undelivered,
    Failed,
    Received,
}

/// <param name="Status">Never goes back.</param>
internal sealed record Message(string Sid, string From, string To, string Body, string Direction, MessageStatus Status, DateTimeOffset CreatedAt)
{
    public IReadOnlyList<Medium> Media { get; init; } = [];
    public string? MessagingServiceSid { get; init; }
    public string? StatusCallback { get; init; }
    public int? ErrorCode { get; init; }
    public DateTimeOffset UpdatedAt { get; init; } = CreatedAt;
    public DateTimeOffset? SentAt { get; init; }
}

/// <summary>A picture or file of an MMS.</summary>
/// <param name="SourceUrl">Where the system keeps it; absent for what a person sent.</param>
internal sealed record Medium(string Sid, string ContentType, string? SourceUrl = null);
