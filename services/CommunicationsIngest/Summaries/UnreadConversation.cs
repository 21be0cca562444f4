using CommunicationsIngest.Capture;
using CommunicationsIngest.Transcripts;
using CommunicationsIngest.Workspaces;
using Messages.CommunicationsIngest;
using Messages.Contacts;
using ServiceDefaults.Postgres;

namespace CommunicationsIngest.Summaries;

/// <summary>A conversation as its reader gets it: what was said last, at most 200 messages of a text thread or chat, or a call's transcript.</summary>
internal sealed record UnreadConversation(
    bool IsCall,
    Participant? Participant,
    IReadOnlyList<Utterance> Said,
    string Country,
    DateTimeOffset LastActivityAt,
    DateTimeOffset? ReadThrough
)
{
    private const int MaxMessages = 200;

    /// <summary>Without what was said in messages that were read before.</summary>
    public Captured New(Captured captured)
    {
        if (IsCall || ReadThrough is not { } through)
        {
            return captured;
        }
        var unread = Said.Where(utterance => utterance.At > through).Select(utterance => (Guid?)utterance.Id).ToHashSet();
        return captured with
        {
            Details = [.. captured.Details.Where(detail => unread.Contains(detail.MessageId))],
            Callback = captured.Callback?.SaidAt > through ? captured.Callback : null,
        };
    }

    public static async Task<UnreadConversation?> LoadAsync(UnitOfWork work, Guid conversationId, CancellationToken cancellationToken)
    {
        var row = await work.FirstOrDefaultAsync<Row>(
            """
            SELECT c.channel, c.participant_kind, c.participant, c.participant_role, c.started_at, a.last_activity_at, a.read_through
            FROM conversation_activity a
            JOIN conversations c ON c.workspace_id = a.workspace_id AND c.id = a.conversation_id
            WHERE a.conversation_id = @conversationId
            """,
            new { conversationId },
            cancellationToken
        );
        if (row is null)
        {
            return null;
        }
        var isCall = row.Channel == "call";
        var said = await work.QueryAsync<Line>(isCall ? Segments : LatestMessages, new { conversationId, limit = MaxMessages }, cancellationToken);
        return new(
            isCall,
            row.ParticipantRole == "person" ? new(row.ParticipantKind == "phone" ? IdentityKind.Phone : IdentityKind.ChatVisitor, row.Participant) : null,
            [
                .. said.Select(line => new Utterance(
                    line.Id,
                    line.IsPerson ? Speaker.Person : Speaker.Agent,
                    line.Text,
                    line.At ?? row.StartedAt.AddMilliseconds(line.OffsetMs)
                )),
            ],
            await DefaultCountry.ReadAsync(work, cancellationToken),
            row.LastActivityAt,
            row.ReadThrough
        );
    }

    private const string Segments = """
        SELECT id, speaker = 'person' AS is_person, text, coalesce(offset_ms, 0) AS offset_ms, NULL::timestamptz AS at
        FROM transcript_segments WHERE conversation_id = @conversationId ORDER BY ordinal
        """;

    private const string LatestMessages = """
        SELECT * FROM (
            SELECT id, direction = 'inbound' AS is_person, body AS text, 0 AS offset_ms, at
            FROM messages WHERE conversation_id = @conversationId ORDER BY messages.at DESC, id DESC LIMIT @limit
        ) latest
        WHERE text <> ''
        ORDER BY latest.at, id
        """;

    private sealed class Row
    {
        public string Channel { get; init; } = "";
        public string ParticipantKind { get; init; } = "";
        public string Participant { get; init; } = "";
        public string ParticipantRole { get; init; } = "";
        public DateTimeOffset StartedAt { get; init; }
        public DateTimeOffset LastActivityAt { get; init; }
        public DateTimeOffset? ReadThrough { get; init; }
    }

    private sealed class Line
    {
        public Guid Id { get; init; }
        public bool IsPerson { get; init; }
        public string Text { get; init; } = "";
        public int OffsetMs { get; init; }
        public DateTimeOffset? At { get; init; }
    }
}
