using CommunicationsIngest.Capture;
using Npgsql;
using ServiceDefaults.Postgres;

namespace CommunicationsIngest.Summaries;

/// <summary>
/// Reads conversations that have ended, or were quiet for a while: their summary, and what was captured of them. Never in a provider's request. Replicas share the work; what a
/// crashed one had claimed is due again when its lease has run out.
/// </summary>
internal sealed partial class ReadConversations(
    NpgsqlDataSource dataSource,
    Database database,
    IConversationReader reader,
    CaptureDetails capture,
    ReadingSignal signal,
    IConfiguration configuration,
    TimeProvider clock,
    ILogger<ReadConversations> logger
) : BackgroundService
{
    private const int Batch = 16;
    private const int MaxAttempts = 5;
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(10);

    /// <summary>A text or chat in which nothing was said for so long has said what there was to say, for now.</summary>
    private readonly TimeSpan _quiet = TimeSpan.FromMinutes(configuration.GetValue("Summaries:QuietMinutes", 10.0));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (await ReadDueAsync(clock.GetUtcNow(), stoppingToken) == 0)
                {
                    await signal.WaitAsync(PollInterval, stoppingToken);
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // Whatever went wrong, the conversations are still due: say so and go on.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                logger.LogWarning(exception, "Conversations could not be looked for; the next round will.");
                await Task.Delay(PollInterval, clock, stoppingToken);
            }
        }
    }

    /// <returns>How many were due.</returns>
    internal async Task<int> ReadDueAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var due = await ClaimAsync(now, cancellationToken);
        await Task.WhenAll(due.Where(claim => claim.HasWords).Select(claim => ReadAsync(claim, cancellationToken)));
        return due.Count;
    }

    private async Task<List<Claim>> ClaimAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(
            "SELECT workspace_id, conversation_id, attempts, has_words FROM claim_unread_conversations($1, $2, $3, $4)"
        );
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = now });
        command.Parameters.Add(new NpgsqlParameter<TimeSpan> { TypedValue = _quiet });
        command.Parameters.Add(new NpgsqlParameter<TimeSpan> { TypedValue = Lease });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = Batch });
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var claims = new List<Claim>();
        while (await rows.ReadAsync(cancellationToken))
        {
            claims.Add(new(rows.GetGuid(0), rows.GetGuid(1), rows.GetInt16(2), rows.GetBoolean(3)));
        }
        return claims;
    }

    private async Task ReadAsync(Claim claim, CancellationToken cancellationToken)
    {
        try
        {
            if (await LoadAsync(claim, cancellationToken) is not { } conversation)
            {
                return;
            }
            // No transaction is held while a model thinks.
            var reading =
                claim.Attempts > MaxAttempts || conversation.Said.Count == 0
                    ? null
                    : await reader.ReadAsync(conversation.Said, conversation.Country, cancellationToken);
            await SettleAsync(claim, conversation, reading, cancellationToken);
            if (claim.Attempts > MaxAttempts)
            {
                LogGivenUp(logger, claim.ConversationId);
            }
        }
#pragma warning disable CA1031 // One conversation that cannot be read must not keep the others back; it is due again after its lease.
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            // The message may hold what was said.
            LogFailed(logger, claim.ConversationId, claim.Attempts, exception.GetType().Name);
        }
    }

    private async Task<UnreadConversation?> LoadAsync(Claim claim, CancellationToken cancellationToken)
    {
        await using var work = database.Begin(claim.WorkspaceId);
        return await UnreadConversation.LoadAsync(work, claim.ConversationId, cancellationToken);
    }

    private async Task SettleAsync(Claim claim, UnreadConversation conversation, Reading? reading, CancellationToken cancellationToken)
    {
        await using var work = database.Begin(claim.WorkspaceId);
        if (reading is not null)
        {
            await work.ExecuteAsync(
                "UPDATE conversations SET summary = coalesce(@Summary, summary), summary_source = CASE WHEN @Summary IS NULL THEN summary_source ELSE @source END WHERE id = @ConversationId",
                new
                {
                    claim.ConversationId,
                    reading.Summary,
                    source = reading.Source == SummarySource.Model ? "model" : "rules",
                },
                cancellationToken
            );
            await capture.StoreAsync(
                work,
                claim.ConversationId,
                conversation.Participant,
                conversation.New(reading.Captured),
                conversation.IsCall,
                cancellationToken
            );
        }
        // What was said meanwhile is later than this, and makes it due again.
        await work.ExecuteAsync(
            "UPDATE conversation_activity SET read_through = @LastActivityAt, next_reading_at = NULL, reading_attempts = 0 WHERE conversation_id = @ConversationId",
            new { claim.ConversationId, conversation.LastActivityAt },
            cancellationToken
        );
        await work.CommitAsync(cancellationToken);
        LogRead(logger, claim.ConversationId);
    }

    [LoggerMessage(LogLevel.Debug, "Read conversation {ConversationId}")]
    private static partial void LogRead(ILogger logger, Guid conversationId);

    [LoggerMessage(LogLevel.Warning, "Conversation {ConversationId} could not be read at attempt {Attempt} ({Fault}); it is tried again later.")]
    private static partial void LogFailed(ILogger logger, Guid conversationId, int attempt, string fault);

    [LoggerMessage(LogLevel.Error, "Conversation {ConversationId} could not be read; it stays without a summary.")]
    private static partial void LogGivenUp(ILogger logger, Guid conversationId);

    private sealed record Claim(Guid WorkspaceId, Guid ConversationId, int Attempts, bool HasWords);
}
