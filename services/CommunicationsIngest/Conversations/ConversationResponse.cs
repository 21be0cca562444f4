using System.Text.Json;
using CommunicationsIngest.Summaries;
using Messages.CommunicationsIngest;
using Messages.Contacts;
using ServiceDefaults.Json;

namespace CommunicationsIngest.Conversations;

/// <summary>A call; the thread of texts between one of our numbers and one of theirs; a chat session.</summary>
/// <param name="Direction">Who began it.</param>
/// <param name="Contact">Null for a hidden caller, a service, one of our own numbers, a deleted contact, and for the moment until a new contact is linked.</param>
/// <param name="OwnNumber">Our number, E.164; null for chats.</param>
/// <param name="State">open or closed. A thread of texts stays open.</param>
/// <param name="LastActivityAt">When the last message came, or the call's or a recording's state changed.</param>
/// <param name="DurationSeconds">Of a call that has ended.</param>
/// <param name="Outcome">Of a call that has ended: completed, busy, no_answer, failed or canceled.</param>
/// <param name="LastMessage">At most 200 characters of it.</param>
/// <param name="Summary">What was wanted and what came of it, at most 400 characters: of a call that has ended and has a transcript, of a chat that has ended, of texts and chats that fell quiet.</param>
/// <param name="SummarySource">rules: sentences that were said; model: a language model's words.</param>
/// <param name="CallbackText">When the person last asked to be called back, as said: "tomorrow at 3".</param>
/// <param name="CallbackAt">That time, where the words and the contact's time zone leave no doubt.</param>
/// <param name="Call">What a call is beyond a conversation; null for texts and chats.</param>
/// <param name="Recordings">Of a call, oldest first.</param>
public sealed record ConversationResponse(
    Guid Id,
    Channel Channel,
    Direction Direction,
    LinkedContact? Contact,
    ConversationParticipant Participant,
    string? OwnNumber,
    ConversationState State,
    DateTimeOffset StartedAt,
    DateTimeOffset LastActivityAt,
    DateTimeOffset? EndedAt,
    int? DurationSeconds,
    string? Outcome,
    int MessageCount,
    string? LastMessage,
    string? Summary,
    SummarySource? SummarySource,
    string? CallbackText,
    DateTimeOffset? CallbackAt,
    CallDetails? Call,
    IReadOnlyList<RecordingSummary> Recordings
);

/// <param name="Name">Null while unknown.</param>
public sealed record LinkedContact(Guid Id, string? Name);

/// <summary>The other side.</summary>
/// <param name="Kind">phone, or chat_visitor.</param>
/// <param name="Value">E.164, a short code or a sender's name; the visitor's id for chats; null where it is hidden.</param>
/// <param name="Hidden">The caller withheld the number.</param>
public sealed record ConversationParticipant(IdentityKind Kind, string? Value, bool Hidden);

public enum ConversationState
{
    Open,
    Closed,
}

/// <param name="Status">queued, initiated, ringing, in_progress, completed, busy, no_answer, failed or canceled.</param>
/// <param name="CallerName">As the network gave it; not verified.</param>
/// <param name="Verification">STIR/SHAKEN verdict on the caller's number as the provider gives it, such as TN-Validation-Passed-A; null where there is none.</param>
/// <param name="ForwardedFrom">The number that forwarded the call to ours.</param>
public sealed record CallDetails(string Status, string? CallerName, string? Verification, string? ForwardedFrom, DateTimeOffset? AnsweredAt);

/// <param name="State">recording, waiting (being fetched), stored, refused, absent or failed. Only a stored one can be heard.</param>
public sealed record RecordingSummary(Guid Id, string State, int? DurationSeconds, DateTimeOffset StartedAt);

internal sealed class ConversationRow
{
    public const string Select = """
        SELECT c.id, c.channel, c.direction, c.participant_kind, c.participant, c.participant_role, c.own_number, c.started_at, c.summary, c.summary_source, c.callback_text, c.callback_at,
            CASE WHEN d.contact_id IS NULL OR d.card IS NOT NULL THEN c.contact_id END AS contact_id, d.name AS contact_name,
            a.state, a.last_activity_at, a.ended_at, a.message_count, a.last_message,
            l.status AS call_status, l.duration_seconds, l.caller_name, l.verification, l.forwarded_from, l.answered_at,
            CASE WHEN c.channel = 'call' THEN (
                SELECT jsonb_agg(jsonb_build_object(
                    'id', r.id, 'state', r.state, 'duration_seconds', r.duration_seconds, 'started_at', r.started_at) ORDER BY r.started_at, r.id)::text
                FROM recordings r WHERE r.conversation_id = c.id
            ) END AS recordings
        FROM conversation_activity a
        JOIN conversations c ON c.workspace_id = a.workspace_id AND c.id = a.conversation_id
        LEFT JOIN calls l ON l.workspace_id = a.workspace_id AND l.conversation_id = a.conversation_id
        LEFT JOIN contact_cards d ON d.workspace_id = c.workspace_id AND d.contact_id = c.contact_id
        """;

    public Guid Id { get; init; }
    public Channel Channel { get; init; }
    public Direction Direction { get; init; }
    public string ParticipantKind { get; init; } = "";
    public string Participant { get; init; } = "";
    public string ParticipantRole { get; init; } = "";
    public string? OwnNumber { get; init; }
    public DateTimeOffset StartedAt { get; init; }
    public Guid? ContactId { get; init; }
    public string? ContactName { get; init; }
    public ConversationState State { get; init; }
    public DateTimeOffset LastActivityAt { get; init; }
    public DateTimeOffset? EndedAt { get; init; }
    public int MessageCount { get; init; }
    public string? LastMessage { get; init; }
    public string? Summary { get; init; }
    public SummarySource? SummarySource { get; init; }
    public string? CallbackText { get; init; }
    public DateTimeOffset? CallbackAt { get; init; }
    public string? CallStatus { get; init; }
    public int? DurationSeconds { get; init; }
    public string? CallerName { get; init; }
    public string? Verification { get; init; }
    public string? ForwardedFrom { get; init; }
    public DateTimeOffset? AnsweredAt { get; init; }
    public string? Recordings { get; init; }

    public ConversationResponse ToResponse() =>
        new(
            Id,
            Channel,
            Direction,
            ContactId is { } contactId ? new(contactId, ContactName) : null,
            new(
                ParticipantKind == "phone" ? IdentityKind.Phone : IdentityKind.ChatVisitor,
                ParticipantRole == "hidden" ? null : Participant,
                ParticipantRole == "hidden"
            ),
            OwnNumber,
            State,
            StartedAt,
            LastActivityAt,
            EndedAt,
            DurationSeconds,
            State == ConversationState.Closed ? CallStatus : null,
            MessageCount,
            LastMessage,
            Summary,
            SummarySource,
            CallbackText,
            CallbackAt,
            CallStatus is null ? null : new(CallStatus, CallerName, Verification, ForwardedFrom, AnsweredAt),
            Recordings is null ? [] : JsonSerializer.Deserialize<List<RecordingSummary>>(Recordings, ApiJson.Options)!
        );
}
