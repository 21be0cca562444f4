using CommunicationsIngest.Capture;
using CommunicationsIngest.Consent;
using CommunicationsIngest.Conversations;
using CommunicationsIngest.PhoneNumbers;
using CommunicationsIngest.Transcripts;
using Messages;
using Messages.CommunicationsIngest;
using Messaging.Sending;
using ServiceDefaults.Postgres;

namespace CommunicationsIngest.Texts;

/// <summary>
/// Stores an inbound text in its thread, with the event of it, in one transaction. The hottest path of the product: one statement beside the outbox.
/// </summary>
internal sealed partial class RecordText(
    Database database,
    NumberDirectory numbers,
    HeardInText consent,
    Outbox outbox,
    CaptureDetails capture,
    TimeProvider clock,
    ILogger<RecordText> logger
)
{
    /// <returns>False where no workspace has the number. A text that is stored already counts as recorded.</returns>
    public async Task<bool> RecordAsync(InboundText text, CancellationToken cancellationToken)
    {
        while (await numbers.FindWorkspaceAsync(text.OwnNumber, cancellationToken) is { } workspaceId)
        {
            if (await StoreAsync(workspaceId, text, cancellationToken))
            {
                return true;
            }
            numbers.Forget(text.OwnNumber);
        }
        LogUnknownNumber(logger);
        return false;
    }

    /// <returns>False where the number is not the workspace's any more.</returns>
    private async Task<bool> StoreAsync(Guid workspaceId, InboundText text, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var messageId = Guid.CreateVersion7(now);
        await using var work = database.Begin(workspaceId);
        var word = HeardInText.Read(text);
        if (word is not null)
        {
            // A provider that hangs up meanwhile may not come again: what the person wants is written down all the same.
            cancellationToken = CancellationToken.None;
            await ConsentLock.HoldAsync(work, [ConsentIdentity.Phone(text.From.Address)], cancellationToken);
        }
        var stored = await work.SingleAsync<StoredText>(
            """
            WITH number AS (
                SELECT 1 FROM phone_numbers WHERE number = @OwnNumber
            ), existing AS (
                SELECT id FROM conversations WHERE channel = 'text' AND own_number = @OwnNumber AND participant = @Address
            ), created AS (
                INSERT INTO conversations (
                    workspace_id, id, channel, direction, own_number, participant_kind, participant, participant_role, contact_id, started_at)
                SELECT @WorkspaceId, @newConversationId, 'text', 'inbound', @OwnNumber, 'phone', @Address,
                    CASE WHEN EXISTS (SELECT FROM phone_numbers WHERE number = @Address) THEN 'own' ELSE @Role END,
                    CASE WHEN @Role = 'person' THEN contact_by_identity('phone', @Address) END, @now
                FROM number
                WHERE NOT EXISTS (SELECT FROM existing)
                -- A concurrent first text has just made the thread: take its id.
                ON CONFLICT (workspace_id, own_number, participant) WHERE channel = 'text' DO UPDATE SET participant = excluded.participant
                RETURNING id
            ), thread AS (
                SELECT id FROM existing, number UNION ALL SELECT id FROM created
            ), message AS (
                INSERT INTO messages (workspace_id, id, conversation_id, direction, body, media_count, provider, provider_id, status, at)
                SELECT @WorkspaceId, @messageId, id, 'inbound', @Body, @mediaCount, @Provider, @ProviderId, 'received', @now
                FROM thread
                ON CONFLICT (workspace_id, provider, provider_id) WHERE provider_id IS NOT NULL DO NOTHING
                RETURNING id
            ), activity AS (
                INSERT INTO conversation_activity AS a (workspace_id, conversation_id, state, last_activity_at, message_count, last_message)
                SELECT @WorkspaceId, id, 'open', @now, 1, @preview
                FROM thread
                ON CONFLICT (workspace_id, conversation_id) DO UPDATE
                SET last_activity_at = greatest(a.last_activity_at, excluded.last_activity_at),
                    message_count = a.message_count + 1,
                    last_message = excluded.last_message
            )
            SELECT
                (SELECT id FROM thread) AS conversation_id,
                EXISTS (SELECT FROM number) AS is_ours,
                EXISTS (SELECT FROM message) AS is_new,
                EXISTS (SELECT FROM phone_numbers WHERE number = @Address) AS is_from_own_number,
                (SELECT default_country FROM workspaces) AS country,
                -- This statement does not see the message that it stores: the latest is the one before.
                (
                    SELECT CASE WHEN m.direction = 'outbound' THEN m.body END FROM messages m
                    WHERE m.conversation_id = (SELECT id FROM existing) ORDER BY m.at DESC, m.id DESC LIMIT 1
                ) AS question
            """,
            new
            {
                work.WorkspaceId,
                text.OwnNumber,
                text.From.Address,
                text.From.Role,
                newConversationId = Guid.CreateVersion7(now),
                messageId,
                text.Body,
                mediaCount = (short)text.Media.Count,
                text.Provider,
                text.ProviderId,
                preview = Preview.Of(text.Body, text.Media.Count),
                now,
            },
            cancellationToken
        );
        if (!stored.IsNew)
        {
            // A repetition (or not our number): nothing is committed, so its thread stays as it was.
            return stored.IsOurs;
        }
        await StoreMediaAsync(work, messageId, text.Media, cancellationToken);
        if (word is not null && !stored.IsFromOwnNumber)
        {
            await consent.RecordAsync(work, text, word, messageId, now, cancellationToken);
        }
        var participant = text.From.AsParticipant(stored.IsFromOwnNumber);
        outbox.Enqueue(
            work,
            Actor.System,
            new InteractionRecorded
            {
                InteractionId = messageId,
                ConversationId = stored.ConversationId,
                Channel = Channel.Text,
                Direction = Direction.Inbound,
                Participant = participant,
                At = now,
            }
        );
        var said = new Utterance(messageId, Speaker.Person, text.Body, now);
        await capture.FromMessageAsync(work, stored.ConversationId, participant, said, stored.Question, stored.Country, cancellationToken);
        await work.CommitAsync(cancellationToken);
        LogStored(logger, messageId, stored.ConversationId);
        return true;
    }

    private static async Task StoreMediaAsync(UnitOfWork work, Guid messageId, IReadOnlyList<InboundMedium> media, CancellationToken cancellationToken)
    {
        if (media.Count == 0)
        {
            return;
        }
        await work.ExecuteAsync(
            """
            INSERT INTO media (workspace_id, message_id, position, content_type, source_url)
            SELECT @WorkspaceId, @messageId, position - 1, type, url
            FROM unnest(@types, @urls) WITH ORDINALITY AS medium (type, url, position)
            """,
            new
            {
                work.WorkspaceId,
                messageId,
                types = media.Select(medium => medium.ContentType).ToArray(),
                urls = media.Select(medium => medium.Url).ToArray(),
            },
            cancellationToken
        );
    }

    [LoggerMessage(LogLevel.Information, "Stored text {MessageId} in conversation {ConversationId}")]
    private static partial void LogStored(ILogger logger, Guid messageId, Guid conversationId);

    [LoggerMessage(LogLevel.Warning, "A text came for a number that no workspace has; nothing was stored.")]
    private static partial void LogUnknownNumber(ILogger logger);

    private sealed class StoredText
    {
        public Guid ConversationId { get; init; }
        public bool IsOurs { get; init; }
        public bool IsNew { get; init; }
        public bool IsFromOwnNumber { get; init; }
        public string? Country { get; init; }
        public string? Question { get; init; }
    }
}
