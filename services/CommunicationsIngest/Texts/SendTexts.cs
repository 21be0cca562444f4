using CommunicationsIngest.Consent;
using Messages;
using Messages.CommunicationsIngest;
using Messages.Contacts;
using Messaging.Sending;
using Npgsql;
using ServiceDefaults.Postgres;

namespace CommunicationsIngest.Texts;

/// <summary>
/// Sends the texts that wait, each at most once: marked first, then, while no refusal of the person can be written down, asked for permission and given to the provider. What a
/// process that died had marked becomes unknown. Replicas share the work.
/// </summary>
internal sealed partial class SendTexts(
    NpgsqlDataSource dataSource,
    Database database,
    ITextProvider provider,
    ConsentLedger ledger,
    Outbox outbox,
    TextSignal signal,
    TimeProvider clock,
    ILogger<SendTexts> logger
) : BackgroundService
{
    /// <summary>A webhook with a refusal waits for as long at the most; providers wait 15 s for its answer.</summary>
    public static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(8);

    private const int Batch = 8;
    private const int MaxAttempts = 12;
    private static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Busy = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MaxPause = TimeSpan.FromMinutes(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (await SendDueAsync(clock.GetUtcNow(), stoppingToken) == 0)
                {
                    await signal.WaitAsync(PollInterval, stoppingToken);
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // Whatever went wrong, the texts still wait: say so and go on.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                logger.LogWarning(exception, "Texts could not be looked for; the next round will.");
                await Task.Delay(PollInterval, clock, stoppingToken);
            }
        }
    }

    /// <returns>How many were due.</returns>
    internal async Task<int> SendDueAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        await GiveUpAsync(now, cancellationToken);
        var due = await ClaimAsync(now, cancellationToken);
        // Those that are marked are carried to their end, also while the process stops: 8 s each, all at once.
        await Task.WhenAll(due.Select(text => SendOneAsync(text.WorkspaceId, text.MessageId)));
        return due.Count;
    }

    private async Task SendOneAsync(Guid workspaceId, Guid messageId)
    {
        try
        {
            await using var work = database.Begin(workspaceId);
            await SendAsync(work, messageId, CancellationToken.None);
            await work.CommitAsync(CancellationToken.None);
        }
#pragma warning disable CA1031 // The text stays marked and becomes unknown when its lease has run out: it may have been sent.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            LogLost(logger, exception, messageId);
        }
    }

    private async Task SendAsync(UnitOfWork work, Guid messageId, CancellationToken cancellationToken)
    {
        var text = await work.FirstOrDefaultAsync<ClaimedText>(
            """
            SELECT m.id, m.conversation_id, c.own_number, c.participant AS to, m.body, m.author_kind, m.author_id, m.at, q.kind, q.attempts
            FROM text_queue q
            JOIN messages m ON m.workspace_id = q.workspace_id AND m.id = q.message_id
            JOIN conversations c ON c.workspace_id = m.workspace_id AND c.id = m.conversation_id
            WHERE q.message_id = @messageId AND q.state = 'sending'
            FOR UPDATE OF q
            """,
            new { messageId },
            cancellationToken
        );
        if (text is null)
        {
            return;
        }
        var person = ConsentIdentity.Phone(text.To);
        if (!await ConsentLock.TryHoldAsync(work, person, cancellationToken))
        {
            // Another text to this person is on its way, or a refusal is being written down.
            await PostponeAsync(work, text, Busy, text.Attempts - 1, cancellationToken);
            return;
        }
        var now = clock.GetUtcNow();
        if (await ForbiddenAsync(work, text, person, now, cancellationToken) is { } reason)
        {
            await SettleAsync(work, text, "canceled", null, reason, cancellationToken);
            LogCanceled(logger, messageId, reason);
            return;
        }
        switch (await provider.SendAsync(messageId, text.OwnNumber, text.To, text.Body, cancellationToken))
        {
            case Handover.Accepted accepted:
                await SettleAsync(work, text, null, accepted.ProviderId, null, cancellationToken);
                Count(work, text);
                LogSent(logger, messageId);
                break;
            case Handover.Refused refused:
                await SettleAsync(work, text, "failed", null, refused.ErrorCode, cancellationToken);
                await LearnAsync(work, text, person, refused, now, cancellationToken);
                LogRefused(logger, messageId, refused.ErrorCode);
                break;
            case Handover.Postponed postponed when text.Attempts < MaxAttempts:
                await PostponeAsync(work, text, Pause(text.Attempts), text.Attempts, cancellationToken);
                LogPostponed(logger, messageId, postponed.Reason);
                break;
            case Handover.Postponed postponed:
                await SettleAsync(work, text, "failed", null, postponed.Reason, cancellationToken);
                LogRefused(logger, messageId, postponed.Reason);
                break;
            case Handover.Unknown unknown:
                await SettleAsync(work, text, "unknown", null, null, cancellationToken);
                LogUnknown(logger, messageId, unknown.Reason);
                break;
        }
    }

    /// <returns>The first reason's code; null where it may go out.</returns>
    private static async Task<string?> ForbiddenAsync(
        UnitOfWork work,
        ClaimedText text,
        ConsentIdentity person,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        if (text.Kind == OutboundText.Confirmation)
        {
            return null;
        }
        var kind = text.Kind == "manual" ? ContactKind.Manual : ContactKind.Automated;
        var permission = await Permission.AskAsync(work, new(Channel.Text, kind, null, person, text.OwnNumber), now, cancellationToken);
        return permission!.Reasons.Count == 0 ? null : permission.Reasons[0].Code;
    }

    /// <param name="status">Null: the provider has it; its reports, which may have come already, say the rest.</param>
    private Task<int> SettleAsync(
        UnitOfWork work,
        ClaimedText text,
        string? status,
        string? providerId,
        string? errorCode,
        CancellationToken cancellationToken
    ) =>
        work.ExecuteAsync(
            """
            WITH settled AS (
                DELETE FROM text_queue WHERE message_id = @Id
            )
            UPDATE messages
            SET provider = CASE WHEN @providerId::text IS NULL THEN provider ELSE @Provider END, provider_id = coalesce(@providerId, provider_id),
                status = CASE WHEN status = 'sending' THEN coalesce(@status, status) ELSE status END, error_code = coalesce(@errorCode, error_code)
            WHERE id = @Id
            """,
            new
            {
                text.Id,
                provider.Provider,
                providerId,
                status,
                errorCode,
            },
            cancellationToken
        );

    private Task<int> PostponeAsync(UnitOfWork work, ClaimedText text, TimeSpan pause, int attempts, CancellationToken cancellationToken) =>
        work.ExecuteAsync(
            """
            WITH waiting AS (
                UPDATE text_queue SET state = 'waiting', claimed_at = NULL, attempts = @attempts, due_at = @dueAt WHERE message_id = @Id
            )
            UPDATE messages SET status = 'queued' WHERE id = @Id AND status = 'sending'
            """,
            new
            {
                text.Id,
                attempts,
                dueAt = clock.GetUtcNow() + pause,
            },
            cancellationToken
        );

    private void Count(UnitOfWork work, ClaimedText text) =>
        outbox.Enqueue(
            work,
            text.Author,
            new InteractionRecorded
            {
                InteractionId = text.Id,
                ConversationId = text.ConversationId,
                Channel = Channel.Text,
                Direction = Direction.Outbound,
                Participant = new(IdentityKind.Phone, text.To),
                At = text.At,
            }
        );

    /// <summary>A person may opt out with the provider without a word to us.</summary>
    private async Task LearnAsync(
        UnitOfWork work,
        ClaimedText text,
        ConsentIdentity person,
        Handover.Refused refused,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        if (!refused.IsOptedOut || await IsOptedOutAsync(work, person, cancellationToken))
        {
            return;
        }
        var entry = new ConsentEntry(
            person,
            Coverage.Messages,
            ConsentState.OptedOut,
            "",
            Channel.Text,
            ConsentSource.Provider,
            text.Id,
            null,
            Actor.System,
            now
        );
        await ledger.RecordAsync(work, entry, cancellationToken);
    }

    private static Task<bool> IsOptedOutAsync(UnitOfWork work, ConsentIdentity person, CancellationToken cancellationToken) =>
        work.SingleAsync<bool>(
            """
            SELECT EXISTS (
                SELECT FROM consents
                WHERE identity_kind = @KindName AND identity_value = @Value AND covers = 'messages' AND sender = '' AND state = 'opted_out')
            """,
            new { person.KindName, person.Value },
            cancellationToken
        );

    private async Task<List<(Guid WorkspaceId, Guid MessageId)>> ClaimAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand("SELECT workspace_id, message_id FROM claim_due_texts($1, $2)");
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = now });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = Batch });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var claims = new List<(Guid, Guid)>();
        while (await reader.ReadAsync(cancellationToken))
        {
            claims.Add((reader.GetGuid(0), reader.GetGuid(1)));
        }
        return claims;
    }

    private async Task GiveUpAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand("SELECT give_up_texts($1)");
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = now - Lease });
        if (await command.ExecuteScalarAsync(cancellationToken) is int lost and > 0)
        {
            LogGivenUp(logger, lost);
        }
    }

    /// <summary>2 s, 4 s, 8 s ... 5 min.</summary>
    private static TimeSpan Pause(int attempts)
    {
        var pause = TimeSpan.FromSeconds(Math.Pow(2, Math.Min(attempts, 20)));
        return pause < MaxPause ? pause : MaxPause;
    }

    [LoggerMessage(LogLevel.Information, "Sent text {MessageId}")]
    private static partial void LogSent(ILogger logger, Guid messageId);

    [LoggerMessage(LogLevel.Information, "Text {MessageId} was not sent: {Reason}")]
    private static partial void LogCanceled(ILogger logger, Guid messageId, string reason);

    [LoggerMessage(LogLevel.Warning, "Text {MessageId} was refused by the provider: {ErrorCode}")]
    private static partial void LogRefused(ILogger logger, Guid messageId, string errorCode);

    [LoggerMessage(LogLevel.Warning, "Text {MessageId} is sent later: {Reason}")]
    private static partial void LogPostponed(ILogger logger, Guid messageId, string reason);

    [LoggerMessage(LogLevel.Warning, "Whether the provider has text {MessageId} is not known ({Reason}); it is not sent again.")]
    private static partial void LogUnknown(ILogger logger, Guid messageId, string reason);

    [LoggerMessage(LogLevel.Error, "What became of text {MessageId} could not be stored.")]
    private static partial void LogLost(ILogger logger, Exception exception, Guid messageId);

    [LoggerMessage(LogLevel.Warning, "A process died while it sent texts: whether the provider has these {Count} is not known; they are not sent again.")]
    private static partial void LogGivenUp(ILogger logger, int count);

    private sealed class ClaimedText
    {
        public Guid Id { get; init; }
        public Guid ConversationId { get; init; }
        public string OwnNumber { get; init; } = "";
        public string To { get; init; } = "";
        public string Body { get; init; } = "";
        public ActorKind AuthorKind { get; init; }
        public string AuthorId { get; init; } = "";
        public DateTimeOffset At { get; init; }
        public string Kind { get; init; } = "";
        public int Attempts { get; init; }

        public Actor Author => new(AuthorKind, AuthorId);
    }
}
