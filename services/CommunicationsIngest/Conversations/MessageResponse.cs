using System.Text.Json;
using Messages;
using Messages.CommunicationsIngest;
using ServiceDefaults.Json;

namespace CommunicationsIngest.Conversations;

/// <summary>One text or chat message.</summary>
/// <param name="Direction">inbound: the other side wrote it.</param>
/// <param name="Author">Who wrote an outbound message: a member of the staff, an API key or an agent.</param>
/// <param name="Status">received, or of an outbound one: queued, sending (the provider has it or is about to), then the provider's word: sent, delivered, read, undelivered, failed. canceled: not
/// sent, because the person may not be contacted (error_code says why). unknown: nobody knows whether the provider has it.</param>
/// <param name="ErrorCode">The provider's, where it could not deliver, or the reason why it was not sent.</param>
public sealed record MessageResponse(
    Guid Id,
    Guid ConversationId,
    Direction Direction,
    string Body,
    IReadOnlyList<MediumSummary> Media,
    MessageAuthor? Author,
    string Status,
    string? ErrorCode,
    DateTimeOffset At
);

/// <param name="Position">From 0.</param>
/// <param name="ContentType">As the provider gave it.</param>
public sealed record MediumSummary(int Position, string ContentType);

public sealed record MessageAuthor(ActorKind Kind, string Id);

internal sealed class MessageRow
{
    public const string Columns = """
        m.id, m.conversation_id, m.direction, m.body, m.author_kind, m.author_id, m.status, m.error_code, m.at,
        CASE WHEN m.media_count > 0 THEN (
            SELECT jsonb_agg(jsonb_build_object('position', p.position, 'content_type', p.content_type) ORDER BY p.position)::text
            FROM media p WHERE p.message_id = m.id
        ) END AS media
        """;

    public Guid Id { get; init; }
    public Guid ConversationId { get; init; }
    public Direction Direction { get; init; }
    public string Body { get; init; } = "";
    public ActorKind? AuthorKind { get; init; }
    public string? AuthorId { get; init; }
    public string Status { get; init; } = "";
    public string? ErrorCode { get; init; }
    public DateTimeOffset At { get; init; }
    public string? Media { get; init; }

    public MessageResponse ToResponse() =>
        new(
            Id,
            ConversationId,
            Direction,
            Body,
            Media is null ? [] : JsonSerializer.Deserialize<List<MediumSummary>>(Media, ApiJson.Options)!,
            AuthorKind is { } kind ? new(kind, AuthorId!) : null,
            Status,
            ErrorCode,
            At
        );
}
