using CommunicationsIngest.Conversations;
using Messages;
using ServiceDefaults.Postgres;

namespace CommunicationsIngest.Texts;

/// <summary>A text of ours, stored in its thread and queued in one transaction; <see cref="SendTexts"/> sends it after the commit.</summary>
/// <param name="OwnNumber">Ours, E.164.</param>
/// <param name="To">The person's, E.164.</param>
/// <param name="ContactId">Null: whose number it is is not known.</param>
/// <param name="Kind">automated; manual; or confirmation, the one answer to a keyword that may go to somebody who opted out (47 CFR 64.1200(a)(12)).</param>
internal sealed record OutboundText(string OwnNumber, string To, Guid? ContactId, string Body, string Kind, Actor Author)
{
    public const string Confirmation = "confirmation";

    public async Task<MessageResponse> QueueAsync(UnitOfWork work, TextSignal signal, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var id = Guid.CreateVersion7(now);
        var conversationId = await work.SingleAsync<Guid>(
            """
            WITH existing AS (
                SELECT id FROM conversations WHERE channel = 'text' AND own_number = @OwnNumber AND participant = @To
            ), created AS (
                INSERT INTO conversations (
                    workspace_id, id, channel, direction, own_number, participant_kind, participant, participant_role, contact_id, started_at)
                SELECT @WorkspaceId, @newConversationId, 'text', 'outbound', @OwnNumber, 'phone', @To, 'person', @ContactId, @now
                WHERE NOT EXISTS (SELECT FROM existing)
                ON CONFLICT (workspace_id, own_number, participant) WHERE channel = 'text' DO UPDATE SET participant = excluded.participant
                RETURNING id
            ), thread AS (
                SELECT id FROM existing UNION ALL SELECT id FROM created
            ), message AS (
                INSERT INTO messages (workspace_id, id, conversation_id, direction, body, author_kind, author_id, status, at)
                SELECT @WorkspaceId, @id, id, 'outbound', @Body, @authorKind, @authorId, 'queued', @now FROM thread
            ), activity AS (
                INSERT INTO conversation_activity AS a (workspace_id, conversation_id, state, last_activity_at, message_count, last_message)
                SELECT @WorkspaceId, id, 'open', @now, 1, @preview FROM thread
                ON CONFLICT (workspace_id, conversation_id) DO UPDATE
                SET last_activity_at = greatest(a.last_activity_at, excluded.last_activity_at),
                    message_count = a.message_count + 1,
                    last_message = excluded.last_message
            ), queued AS (
                INSERT INTO text_queue (workspace_id, message_id, kind, state, attempts, due_at) SELECT @WorkspaceId, @id, @Kind, 'waiting', 0, @now
            )
            SELECT id FROM thread
            """,
            new
            {
                work.WorkspaceId,
                OwnNumber,
                To,
                ContactId,
                newConversationId = Guid.CreateVersion7(now),
                id,
                Body,
                Kind,
                authorKind = Author.Kind.ToString().ToLowerInvariant(),
                authorId = Author.Id,
                preview = Preview.Of(Body),
                now,
            },
            cancellationToken
        );
        work.AfterCommit(signal.Raise);
        return new(id, conversationId, Messages.CommunicationsIngest.Direction.Outbound, Body, [], new(Author.Kind, Author.Id), "queued", null, now);
    }
}
