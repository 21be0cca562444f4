using CommunicationsIngest.Capture;
using CommunicationsIngest.Conversations;
using CommunicationsIngest.Transcripts;
using Messages;
using Messages.CommunicationsIngest;
using Messages.Contacts;
using Messaging.Sending;
using ServiceDefaults.Postgres;

namespace CommunicationsIngest.Chat;

/// <summary>A message in a chat session, from either side.</summary>
internal static class ChatMessage
{
    public const int MaxLength = 4000;

    /// <summary>
    /// Finds the session for one who may write in it, and keeps it to himself until the commit: messages of one session get ever later times in the order in which they become
    /// visible, so that a widget that asks for what came after the last one misses nothing.
    /// </summary>
    /// <param name="visitorId">Only where the session is this visitor's; null: whoever's it is.</param>
    public static Task<OpenChat?> FindAsync(UnitOfWork work, Guid sessionId, Guid? visitorId, CancellationToken cancellationToken) =>
        work.FirstOrDefaultAsync<OpenChat>(
            """
            SELECT a.state = 'open' AS is_open, a.last_activity_at, s.visitor_id, v.name, v.email, v.phone,
                (SELECT default_country FROM workspaces) AS country,
                (
                    SELECT CASE WHEN m.direction = 'outbound' THEN m.body END FROM messages m
                    WHERE m.conversation_id = s.conversation_id ORDER BY m.at DESC, m.id DESC LIMIT 1
                ) AS question
            FROM chat_sessions s
            JOIN conversation_activity a ON a.workspace_id = s.workspace_id AND a.conversation_id = s.conversation_id
            JOIN chat_visitors v ON v.workspace_id = s.workspace_id AND v.id = s.visitor_id
            WHERE s.conversation_id = @sessionId AND (@visitorId::uuid IS NULL OR s.visitor_id = @visitorId)
            FOR NO KEY UPDATE OF a
            """,
            new { sessionId, visitorId },
            cancellationToken
        );

    /// <param name="author">Of the staff's side; null: the visitor.</param>
    public static async Task<MessageResponse> StoreAsync(
        UnitOfWork work,
        Outbox outbox,
        CaptureDetails capture,
        Guid sessionId,
        OpenChat chat,
        string body,
        Actor? author,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        // PostgreSQL keeps microseconds: two times that differ by less are one.
        var stored = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
        var at = stored > chat.LastActivityAt ? stored : chat.LastActivityAt.AddMicroseconds(1);
        var id = Guid.CreateVersion7(now);
        var direction = author is null ? Direction.Inbound : Direction.Outbound;
        await work.ExecuteAsync(
            """
            WITH message AS (
                INSERT INTO messages (workspace_id, id, conversation_id, direction, body, author_kind, author_id, status, at)
                VALUES (@WorkspaceId, @id, @sessionId, @direction, @body, @authorKind, @authorId, @status, @at)
            )
            UPDATE conversation_activity SET last_activity_at = @at, message_count = message_count + 1, last_message = @preview
            WHERE conversation_id = @sessionId
            """,
            new
            {
                work.WorkspaceId,
                id,
                sessionId,
                direction = author is null ? "inbound" : "outbound",
                body,
                authorKind = author?.Kind.ToString().ToLowerInvariant(),
                authorId = author?.Id,
                status = author is null ? "received" : "delivered",
                at,
                preview = Preview.Of(body),
            },
            cancellationToken
        );
        var participant = new Participant(IdentityKind.ChatVisitor, chat.VisitorId.ToString(), chat.Name, chat.Email, chat.Phone);
        outbox.Enqueue(
            work,
            author ?? Actor.System,
            new InteractionRecorded
            {
                InteractionId = id,
                ConversationId = sessionId,
                Channel = Channel.Chat,
                Direction = direction,
                Participant = participant,
                At = at,
            }
        );
        if (author is null)
        {
            var said = new Utterance(id, Speaker.Person, body, at);
            await capture.FromMessageAsync(work, sessionId, participant, said, chat.Question, chat.Country, cancellationToken);
        }
        return new(
            id,
            sessionId,
            direction,
            body,
            [],
            author is null ? null : new(author.Kind, author.Id),
            author is null ? "received" : "delivered",
            null,
            at
        );
    }

    internal sealed class OpenChat
    {
        public bool IsOpen { get; init; }
        public DateTimeOffset LastActivityAt { get; init; }
        public Guid VisitorId { get; init; }
        public string? Name { get; init; }
        public string? Email { get; init; }
        public string? Phone { get; init; }
        public string? Country { get; init; }

        /// <summary>What the staff wrote last, where the visitor has not written since.</summary>
        public string? Question { get; init; }
    }
}
