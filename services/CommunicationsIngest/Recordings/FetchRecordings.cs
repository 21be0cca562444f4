using CommunicationsIngest.Blobs;
using Npgsql;
using ServiceDefaults.Postgres;

namespace CommunicationsIngest.Recordings;

/// <summary>
/// Fetches the audio of recordings from their provider and keeps it. Tries for about a day, ever more rarely; replicas share the work, and what a crashed one had claimed is due
/// again when its lease has run out.
/// </summary>
internal sealed partial class FetchRecordings(
    NpgsqlDataSource dataSource,
    Database database,
    IBlobStore blobs,
    IEnumerable<IRecordingSource> sources,
    RecordingSignal signal,
    TimeProvider clock,
    ILogger<FetchRecordings> logger
) : BackgroundService
{
    private const int Batch = 4;
    private const int MaxAttempts = 20;

    /// <summary>Six hours of 8 kHz, 16 bit, two channels.</summary>
    private const long MaxBytes = 700_000_000;
    internal static readonly TimeSpan Lease = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan FetchTimeout = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan MaxPause = TimeSpan.FromHours(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (await FetchDueAsync(clock.GetUtcNow(), stoppingToken) == 0)
                {
                    await signal.WaitAsync(PollInterval, stoppingToken);
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // Whatever went wrong, the recordings are still due: say so and go on.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                logger.LogWarning(exception, "Recordings could not be looked for; the next round will.");
                await Task.Delay(PollInterval, clock, stoppingToken);
            }
        }
    }

    /// <returns>How many were due.</returns>
    internal async Task<int> FetchDueAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var due = await ClaimAsync(now, cancellationToken);
        await Task.WhenAll(due.Select(claim => FetchAsync(claim.WorkspaceId, claim.Id, now, cancellationToken)));
        return due.Count;
    }

    private async Task<List<(Guid WorkspaceId, Guid Id)>> ClaimAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand("SELECT workspace_id, id FROM claim_due_recordings($1, $2, $3)");
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = now });
        command.Parameters.Add(new NpgsqlParameter<TimeSpan> { TypedValue = Lease });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = Batch });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var claims = new List<(Guid, Guid)>();
        while (await reader.ReadAsync(cancellationToken))
        {
            claims.Add((reader.GetGuid(0), reader.GetGuid(1)));
        }
        return claims;
    }

    private async Task FetchAsync(Guid workspaceId, Guid id, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await ReadAsync(workspaceId, id, cancellationToken) is not { } recording)
        {
            return;
        }
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(FetchTimeout);
        try
        {
            var source = sources.Single(source => source.Provider == recording.Provider);
            using var answer = await source.OpenAsync(new(recording.SourceUrl), timeout.Token);
            var blob = RecordingBlob.NameOf(workspaceId, id);
            await using var audio = await answer.Content.ReadAsStreamAsync(timeout.Token);
            var size = await blobs.PutAsync(blob, audio, MaxBytes, timeout.Token);
            if (!await SettleAsync(workspaceId, id, "stored", null, blob, ContentType(answer), size, cancellationToken))
            {
                await blobs.DeleteAsync(blob, cancellationToken);
                return;
            }
            LogStored(logger, id);
        }
        catch (Exception exception) when (exception is RecordingRefusedException or BlobTooLargeException)
        {
            // The address may carry secrets, and whoever sent it may want to see it somewhere: it is not logged.
            LogRefused(logger, id, exception.Message);
            await SettleAsync(workspaceId, id, "refused", null, null, null, null, cancellationToken);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or Polly.ExecutionRejectedException or OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            LogFailed(logger, id, recording.Attempts, exception.GetType().Name);
            var isLast = recording.Attempts >= MaxAttempts;
            await SettleAsync(workspaceId, id, isLast ? "failed" : "waiting", now + Pause(recording.Attempts), null, null, null, cancellationToken);
        }
    }

    /// <returns>Null where it was erased since it was claimed.</returns>
    private async Task<DueRecording?> ReadAsync(Guid workspaceId, Guid id, CancellationToken cancellationToken)
    {
        await using var work = database.Begin(workspaceId);
        return await work.FirstOrDefaultAsync<DueRecording>(
            "SELECT provider, source_url, attempts FROM recordings WHERE id = @id AND state = 'waiting'",
            new { id },
            cancellationToken
        );
    }

    /// <returns>False where it was erased meanwhile.</returns>
    private async Task<bool> SettleAsync(
        Guid workspaceId,
        Guid id,
        string state,
        DateTimeOffset? nextAttemptAt,
        string? blob,
        string? contentType,
        long? size,
        CancellationToken cancellationToken
    )
    {
        await using var work = database.Begin(workspaceId);
        var settled = await work.ExecuteAsync(
            """
            UPDATE recordings
            SET state = @state, next_attempt_at = @nextAttemptAt, blob = @blob, content_type = @contentType, size_bytes = @size
            WHERE id = @id AND state = 'waiting'
            """,
            new
            {
                id,
                state,
                nextAttemptAt,
                blob,
                contentType,
                size,
            },
            cancellationToken
        );
        await work.CommitAsync(cancellationToken);
        return settled == 1;
    }

    /// <summary>What a browser may be told to play; anything else is bytes.</summary>
    private static string ContentType(HttpResponseMessage answer) =>
        answer.Content.Headers.ContentType?.MediaType switch
        {
            "audio/wav" or "audio/x-wav" or "audio/wave" or "audio/vnd.wave" => "audio/wav",
            "audio/mpeg" => "audio/mpeg",
            _ => "application/octet-stream",
        };

    /// <summary>10 s, 20 s, 40 s ... 2 h.</summary>
    private static TimeSpan Pause(int attempts)
    {
        var pause = TimeSpan.FromSeconds(10 * Math.Pow(2, Math.Min(attempts, 20) - 1));
        return pause < MaxPause ? pause : MaxPause;
    }

    [LoggerMessage(LogLevel.Information, "Stored recording {RecordingId}")]
    private static partial void LogStored(ILogger logger, Guid recordingId);

    [LoggerMessage(LogLevel.Warning, "Recording {RecordingId} was refused: {Reason}")]
    private static partial void LogRefused(ILogger logger, Guid recordingId, string reason);

    [LoggerMessage(LogLevel.Warning, "Recording {RecordingId} could not be fetched at attempt {Attempt} ({Fault}); it is tried again later.")]
    private static partial void LogFailed(ILogger logger, Guid recordingId, int attempt, string fault);

    private sealed class DueRecording
    {
        public string Provider { get; init; } = "";
        public string SourceUrl { get; init; } = "";
        public int Attempts { get; init; }
    }
}
