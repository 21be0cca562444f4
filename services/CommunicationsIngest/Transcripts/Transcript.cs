using ServiceDefaults.Postgres;

namespace CommunicationsIngest.Transcripts;

/// <summary>What was said in a call, whoever brings it.</summary>
internal static class Transcript
{
    public const int MaxSegments = 5000;
    public const int MaxTextLength = 4000;

    /// <summary>Replaces a call's transcript; the same one again changes nothing. What it says is read when the call has ended.</summary>
    public static async Task<StoredTranscript> ReplaceAsync(
        UnitOfWork work,
        Guid conversationId,
        IReadOnlyList<TranscriptSegment> segments,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        // Two replacements of one transcript wait for each other.
        var channel = await work.FirstOrDefaultAsync<string>(
            """
            SELECT c.channel FROM conversation_activity a
            JOIN conversations c ON c.workspace_id = a.workspace_id AND c.id = a.conversation_id
            WHERE a.conversation_id = @conversationId
            FOR NO KEY UPDATE OF a
            """,
            new { conversationId },
            cancellationToken
        );
        if (channel != "call")
        {
            return channel is null ? StoredTranscript.NoConversation : StoredTranscript.NoCall;
        }
        var parameters = new
        {
            work.WorkspaceId,
            conversationId,
            now,
            ids = segments.Select(_ => Guid.CreateVersion7(now)).ToArray(),
            speakers = segments.Select(segment => segment.Speaker == Speaker.Person ? "person" : "agent").ToArray(),
            texts = segments.Select(segment => segment.Text).ToArray(),
            offsets = segments.Select(segment => segment.OffsetMs).ToArray(),
        };
        if (await IsStoredAsync(work, parameters, cancellationToken))
        {
            return StoredTranscript.Unchanged;
        }
        await work.ExecuteAsync("DELETE FROM transcript_segments WHERE conversation_id = @conversationId", parameters, cancellationToken);
        await work.ExecuteAsync(
            """
            WITH segments AS (
                INSERT INTO transcript_segments (workspace_id, conversation_id, ordinal, id, speaker, text, offset_ms)
                SELECT @WorkspaceId, @conversationId, ordinal - 1, id, speaker, text, offset_ms
                FROM unnest(@ids, @speakers, @texts, @offsets) WITH ORDINALITY AS segment (id, speaker, text, offset_ms, ordinal)
            )
            UPDATE conversation_activity SET last_activity_at = greatest(@now, last_activity_at + interval '1 microsecond') WHERE conversation_id = @conversationId
            """,
            parameters,
            cancellationToken
        );
        return StoredTranscript.Replaced;
    }

    private static Task<bool> IsStoredAsync(UnitOfWork work, object parameters, CancellationToken cancellationToken) =>
        work.SingleAsync<bool>(
            """
            SELECT coalesce(array_agg(speaker ORDER BY ordinal), '{}') = @speakers AND coalesce(array_agg(text ORDER BY ordinal), '{}') = @texts
                AND coalesce(array_agg(offset_ms ORDER BY ordinal), '{}') IS NOT DISTINCT FROM @offsets
            FROM transcript_segments WHERE conversation_id = @conversationId
            """,
            parameters,
            cancellationToken
        );
}

internal enum StoredTranscript
{
    Replaced,
    Unchanged,
    NoConversation,
    NoCall,
}
