using Messages;
using Messages.CommunicationsIngest;
using Messaging.Sending;
using ServiceDefaults.Postgres;

namespace CommunicationsIngest.Erasures;

/// <param name="Blob">Its name in the store.</param>
internal sealed record BlobDeletion(string Blob, DateTimeOffset DueAt);

/// <summary>How far an erasure is: begun when the rows are empty, complete when the last blob is deleted, which is told once.</summary>
internal static class ErasureProgress
{
    public static async Task BeginAsync(
        UnitOfWork work,
        Guid erasureId,
        int conversations,
        DateTimeOffset at,
        IReadOnlyList<BlobDeletion> blobs,
        CancellationToken cancellationToken
    ) =>
        await work.ExecuteAsync(
            """
            INSERT INTO erasures (workspace_id, id, conversations, requested_at) VALUES (@WorkspaceId, @erasureId, @conversations, @at);
            INSERT INTO blob_deletions (workspace_id, blob, erasure_id, due_at) SELECT @WorkspaceId, blob, @erasureId, due_at FROM unnest(@names, @times) AS b (blob, due_at)
            """,
            new
            {
                work.WorkspaceId,
                erasureId,
                conversations,
                at,
                names = blobs.Select(blob => blob.Blob).ToArray(),
                times = blobs.Select(blob => blob.DueAt).ToArray(),
            },
            cancellationToken
        );

    /// <summary>The erasure's row is locked first: of two that delete its last blobs at once, the second sees that it is.</summary>
    public static async Task DeletedAsync(UnitOfWork work, Outbox outbox, Guid erasureId, string blob, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await work.ExecuteAsync("SELECT 1 FROM erasures WHERE id = @erasureId FOR UPDATE", new { erasureId }, cancellationToken);
        await work.ExecuteAsync("DELETE FROM blob_deletions WHERE blob = @blob", new { blob }, cancellationToken);
        await CompleteAsync(work, outbox, erasureId, now, cancellationToken);
    }

    public static async Task CompleteAsync(UnitOfWork work, Outbox outbox, Guid erasureId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var conversations = await work.FirstOrDefaultAsync<int?>(
            """
            UPDATE erasures SET completed_at = @now
            WHERE id = @erasureId AND completed_at IS NULL AND NOT EXISTS (SELECT FROM blob_deletions WHERE erasure_id = @erasureId)
            RETURNING conversations
            """,
            new { erasureId, now },
            cancellationToken
        );
        if (conversations is { } count)
        {
            outbox.Enqueue(work, Actor.System, new ConversationsErased(erasureId, count));
        }
    }
}
