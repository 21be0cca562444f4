using Npgsql;
using ServiceDefaults.Postgres;

namespace CommunicationsIngest.Recordings;

/// <summary>Stores what is said about a recording; its audio is fetched afterwards. Once there is something to fetch, later and repeated news change nothing.</summary>
internal sealed partial class RecordRecording(
    Database database,
    NpgsqlDataSource dataSource,
    RecordingSignal signal,
    TimeProvider clock,
    ILogger<RecordRecording> logger
)
{
    /// <returns>False where the call is not known.</returns>
    public async Task<bool> RecordAsync(RecordingNews news, CancellationToken cancellationToken)
    {
        if (await FindWorkspaceAsync(news, cancellationToken) is not { } workspaceId)
        {
            LogUnknownCall(logger);
            return false;
        }
        if (news.State == "refused")
        {
            LogRefused(logger);
        }
        var now = clock.GetUtcNow();
        await using var work = database.Begin(workspaceId);
        await work.ExecuteAsync(
            """
            WITH call AS (
                SELECT conversation_id FROM calls WHERE provider_id = @CallProviderId AND provider = @Provider AND NOT is_erased FOR SHARE
            ), recording AS (
                INSERT INTO recordings AS r (
                    workspace_id, id, conversation_id, provider, provider_id, state, source_url, duration_seconds, channels, started_at, next_attempt_at)
                SELECT @WorkspaceId, @id, conversation_id, @Provider, @ProviderId, @State, @url, @DurationSeconds, @channels, @startedAt, @now
                FROM call
                ON CONFLICT (workspace_id, provider, provider_id) DO UPDATE
                SET state = excluded.state, source_url = excluded.source_url, duration_seconds = excluded.duration_seconds, channels = excluded.channels,
                    next_attempt_at = excluded.next_attempt_at
                WHERE r.state = 'recording' AND excluded.state <> 'recording'
                RETURNING conversation_id
            )
            UPDATE conversation_activity a SET last_activity_at = greatest(last_activity_at, @now)
            FROM recording WHERE a.conversation_id = recording.conversation_id
            """,
            new
            {
                work.WorkspaceId,
                id = Guid.CreateVersion7(now),
                news.Provider,
                news.ProviderId,
                news.CallProviderId,
                news.State,
                url = news.Url?.AbsoluteUri,
                news.DurationSeconds,
                channels = (short?)news.Channels,
                startedAt = news.StartedAt?.ToUniversalTime() ?? now,
                now,
            },
            cancellationToken
        );
        await work.CommitAsync(cancellationToken);
        signal.Raise();
        return true;
    }

    private async Task<Guid?> FindWorkspaceAsync(RecordingNews news, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand("SELECT workspace_of_call($1, $2)");
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = news.Provider });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = news.CallProviderId });
        return await command.ExecuteScalarAsync(cancellationToken) as Guid?;
    }

    [LoggerMessage(LogLevel.Warning, "A recording was reported at an address that is not the provider's; it will not be fetched.")]
    private static partial void LogRefused(ILogger logger);

    [LoggerMessage(LogLevel.Warning, "A recording was reported for a call that is not known; nothing was stored.")]
    private static partial void LogUnknownCall(ILogger logger);
}
