using CommunicationsIngest.PhoneNumbers;
using CommunicationsIngest.Summaries;
using Messages;
using Messages.CommunicationsIngest;
using Messaging.Sending;
using ServiceDefaults.Postgres;

namespace CommunicationsIngest.Calls;

/// <summary>Stores what is said about a call: the first word of it, whichever that is, makes the conversation and the event, the others complete it.</summary>
internal sealed partial class RecordCall(
    Database database,
    NumberDirectory numbers,
    Outbox outbox,
    ReadingSignal signal,
    TimeProvider clock,
    ILogger<RecordCall> logger
)
{
    /// <returns>Null where no workspace has our number.</returns>
    public async Task<RecordedCall?> RecordAsync(CallProgress progress, CancellationToken cancellationToken)
    {
        while (await numbers.FindWorkspaceAsync(progress.OwnNumber, cancellationToken) is { } workspaceId)
        {
            if (await StoreAsync(workspaceId, progress, cancellationToken) is { } recorded)
            {
                return recorded;
            }
            numbers.Forget(progress.OwnNumber);
        }
        LogUnknownNumber(logger);
        return null;
    }

    /// <returns>Null where the number is not the workspace's any more.</returns>
    private async Task<RecordedCall?> StoreAsync(Guid workspaceId, CallProgress progress, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var at = progress.At?.ToUniversalTime() ?? now;
        await using var work = database.Begin(workspaceId);
        var stored = await work.FirstOrDefaultAsync<StoredCall>(
            """
            WITH number AS (
                SELECT answer FROM phone_numbers WHERE number = @OwnNumber
            ), call AS (
                INSERT INTO calls AS l (
                    workspace_id, conversation_id, provider, provider_id, status, status_rank, status_sequence, caller_name, verification, forwarded_from,
                    answered_at, ended_at, duration_seconds)
                SELECT @WorkspaceId, @newId, @Provider, @ProviderId, @status, @rank, @Sequence, @CallerName, @Verification, @ForwardedFrom,
                    @answeredAt, @endedAt, @DurationSeconds
                FROM number
                ON CONFLICT (provider_id, provider, workspace_id) DO UPDATE
                SET status = CASE WHEN (excluded.status_rank, excluded.status_sequence) > (l.status_rank, l.status_sequence)
                        THEN excluded.status ELSE l.status END,
                    status_sequence = CASE WHEN (excluded.status_rank, excluded.status_sequence) > (l.status_rank, l.status_sequence)
                        THEN excluded.status_sequence ELSE l.status_sequence END,
                    status_rank = greatest(l.status_rank, excluded.status_rank),
                    caller_name = coalesce(l.caller_name, excluded.caller_name),
                    verification = coalesce(l.verification, excluded.verification),
                    forwarded_from = coalesce(l.forwarded_from, excluded.forwarded_from),
                    answered_at = least(l.answered_at, excluded.answered_at),
                    ended_at = least(l.ended_at, excluded.ended_at),
                    duration_seconds = greatest(l.duration_seconds, excluded.duration_seconds)
                RETURNING conversation_id, xmax = 0 AS is_new, status_rank, ended_at
            ), conversation AS (
                INSERT INTO conversations AS c (
                    workspace_id, id, channel, direction, own_number, participant_kind, participant, participant_role, contact_id, started_at)
                SELECT @WorkspaceId, conversation_id, 'call', @direction, @OwnNumber, 'phone', @Address,
                    CASE WHEN EXISTS (SELECT FROM phone_numbers WHERE number = @Address) THEN 'own' ELSE @Role END,
                    CASE WHEN @Role = 'person' THEN contact_by_identity('phone', @Address) END, @at
                FROM call
                ON CONFLICT (workspace_id, id) DO UPDATE SET started_at = excluded.started_at WHERE c.started_at > excluded.started_at
            ), activity AS (
                INSERT INTO conversation_activity AS a (workspace_id, conversation_id, state, last_activity_at, ended_at, message_count)
                SELECT @WorkspaceId, conversation_id, CASE WHEN status_rank = 4 THEN 'closed' ELSE 'open' END, @at, ended_at, 0
                FROM call
                ON CONFLICT (workspace_id, conversation_id) DO UPDATE
                SET state = excluded.state, ended_at = excluded.ended_at, last_activity_at = greatest(a.last_activity_at, excluded.last_activity_at)
            )
            SELECT call.conversation_id, call.is_new, number.answer::text AS answer,
                EXISTS (SELECT FROM phone_numbers WHERE number = @Address) AS is_other_side_own
            FROM call CROSS JOIN number
            """,
            new
            {
                work.WorkspaceId,
                newId = Guid.CreateVersion7(now),
                progress.Provider,
                progress.ProviderId,
                progress.OwnNumber,
                progress.OtherSide.Address,
                progress.OtherSide.Role,
                direction = progress.Direction == Direction.Inbound ? "inbound" : "outbound",
                status = progress.Status.Name,
                rank = progress.Status.Rank,
                progress.Sequence,
                progress.CallerName,
                progress.Verification,
                progress.ForwardedFrom,
                progress.DurationSeconds,
                answeredAt = progress.Status.IsAnswered ? at : (DateTimeOffset?)null,
                endedAt = progress.Status.IsFinal ? at : (DateTimeOffset?)null,
                at,
            },
            cancellationToken
        );
        if (stored is null)
        {
            return null;
        }
        if (stored.IsNew)
        {
            Announce(work, progress, stored, at);
        }
        if (progress.Status.IsFinal)
        {
            work.AfterCommit(signal.Raise);
        }
        await work.CommitAsync(cancellationToken);
        LogStored(logger, stored.ConversationId, progress.Status.Name);
        return new(stored.ConversationId, CallAnswer.FromJson(stored.Answer));
    }

    private void Announce(UnitOfWork work, CallProgress progress, StoredCall stored, DateTimeOffset at) =>
        outbox.Enqueue(
            work,
            Actor.System,
            new InteractionRecorded
            {
                InteractionId = stored.ConversationId,
                ConversationId = stored.ConversationId,
                Channel = Channel.Call,
                Direction = progress.Direction,
                Participant = progress.OtherSide.AsParticipant(stored.IsOtherSideOwn),
                At = at,
            }
        );

    [LoggerMessage(LogLevel.Information, "Stored call {ConversationId} as {Status}")]
    private static partial void LogStored(ILogger logger, Guid conversationId, string status);

    [LoggerMessage(LogLevel.Warning, "A call was reported for a number that no workspace has; nothing was stored.")]
    private static partial void LogUnknownNumber(ILogger logger);

    private sealed class StoredCall
    {
        public Guid ConversationId { get; init; }
        public bool IsNew { get; init; }
        public string? Answer { get; init; }
        public bool IsOtherSideOwn { get; init; }
    }
}

/// <param name="Answer">How our number answers; null: not at all.</param>
internal sealed record RecordedCall(Guid ConversationId, CallAnswer? Answer);
