using CommunicationsIngest.Blobs;
using Messaging.Sending;
using Npgsql;
using ServiceDefaults;
using ServiceDefaults.Postgres;

namespace CommunicationsIngest.Erasures;

/// <summary>Wakes the job when blobs are to be deleted.</summary>
internal sealed class BlobDeletionSignal : WakeUp;

/// <summary>Deletes the blobs of what was erased. Their rows are gone before: a crash in between leaves them due, never readable.</summary>
internal sealed partial class DeleteBlobs(
    NpgsqlDataSource dataSource,
    Database database,
    IBlobStore blobs,
    Outbox outbox,
    BlobDeletionSignal signal,
    TimeProvider clock,
    ILogger<DeleteBlobs> logger
) : BackgroundService
{
    private const int Batch = 100;
    private static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(15);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (await DeleteDueAsync(clock.GetUtcNow(), stoppingToken) == 0)
                {
                    await signal.WaitAsync(PollInterval, stoppingToken);
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // Whatever went wrong, the blobs are still due: say so and go on.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                logger.LogWarning(exception, "Erased blobs could not be looked for; the next round will.");
                await Task.Delay(PollInterval, clock, stoppingToken);
            }
        }
    }

    /// <returns>How many were due.</returns>
    internal async Task<int> DeleteDueAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var due = await ClaimAsync(now, cancellationToken);
        foreach (var (workspaceId, blob, erasureId) in due)
        {
            try
            {
                await blobs.DeleteAsync(blob, cancellationToken);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or HttpRequestException)
            {
                LogFailed(logger, erasureId, exception.GetType().Name);
                continue;
            }
            await using var work = database.Begin(workspaceId);
            await ErasureProgress.DeletedAsync(work, outbox, erasureId, blob, now, cancellationToken);
            await work.CommitAsync(cancellationToken);
        }
        return due.Count;
    }

    private async Task<List<(Guid WorkspaceId, string Blob, Guid ErasureId)>> ClaimAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand("SELECT workspace_id, blob, erasure_id FROM claim_due_blob_deletions($1, $2)");
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = now });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = Batch });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var claims = new List<(Guid, string, Guid)>();
        while (await reader.ReadAsync(cancellationToken))
        {
            claims.Add((reader.GetGuid(0), reader.GetString(1), reader.GetGuid(2)));
        }
        return claims;
    }

    [LoggerMessage(LogLevel.Warning, "A blob of erasure {ErasureId} could not be deleted ({Fault}); it is tried again.")]
    private static partial void LogFailed(ILogger logger, Guid erasureId, string fault);
}
