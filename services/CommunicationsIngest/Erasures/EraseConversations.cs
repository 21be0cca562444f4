using System.Text.Json;
using CommunicationsIngest.Recordings;
using Messages;
using Messages.Contacts;
using Messaging.Consuming;
using Messaging.Sending;
using ServiceDefaults.Api;
using ServiceDefaults.Postgres;

namespace CommunicationsIngest.Erasures;

/// <summary>
/// Empties the conversations of somebody who asked to be forgotten, up to the moment of asking: bodies, media, recordings, names, and the number. Times, directions, durations
/// and our own number stay, for a business must be able to show that it called. Blobs are marked here and deleted afterwards (<see cref="DeleteBlobs"/>).
/// </summary>
internal sealed class EraseConversations(Outbox outbox, BlobDeletionSignal signal, TimeProvider clock) : IHandleEvents<ContactErased>
{
    public async Task HandleAsync(UnitOfWork work, IReadOnlyList<Event<ContactErased>> events, CancellationToken cancellationToken)
    {
        foreach (var erased in events.OrderBy(e => e.Data.At))
        {
            await EraseAsync(work, erased.Data, cancellationToken);
        }
        work.AfterCommit(signal.Raise);
    }

    private async Task EraseAsync(UnitOfWork work, ContactErased erased, CancellationToken cancellationToken)
    {
        var at = erased.At.ToUniversalTime();
        var found = await ErasedConversation.LockAsync(work, erased, at, cancellationToken);
        Guid[] ids = [.. found.Where(one => one.StartedAt <= at).Select(one => one.Id)];
        // Somebody who wrote again in the same thread has the number there with good reason: only what was said before goes.
        Guid[] emptied = [.. found.Where(one => one.StartedAt <= at && !one.GoesOn).Select(one => one.Id)];
        await CloseAsync(work, emptied, cancellationToken);
        var blobs = await EraseCallsAsync(work, ids, cancellationToken);
        await EraseMessagesAsync(work, ids, at, cancellationToken);
        await EraseReadingsAsync(work, ids, cancellationToken);
        await EraseVisitorsAsync(work, erased, emptied, cancellationToken);
        await EraseConsentsAsync(work, erased, cancellationToken);
        await UnlinkAsync(work, [.. found.Select(one => one.Id)], emptied, at, cancellationToken);
        await StoredAnswers.ForgetAsync(work, [.. erased.ContactIds, .. ids], cancellationToken);
        await ErasureProgress.BeginAsync(work, erased.ErasureId, ids.Length, at, blobs, cancellationToken);
        await ErasureProgress.CompleteAsync(work, outbox, erased.ErasureId, clock.GetUtcNow(), cancellationToken);
    }

    /// <summary>First, because whoever writes into a chat locks this row and looks whether it is open.</summary>
    private static Task<int> CloseAsync(UnitOfWork work, Guid[] emptied, CancellationToken cancellationToken) =>
        work.ExecuteAsync(
            """
            UPDATE conversation_activity a
            SET last_message = NULL, state = CASE WHEN c.channel = 'chat' THEN 'closed' ELSE a.state END,
                ended_at = CASE WHEN c.channel = 'chat' THEN coalesce(a.ended_at, a.last_activity_at) ELSE a.ended_at END
            FROM conversations c WHERE c.workspace_id = a.workspace_id AND c.id = a.conversation_id AND a.conversation_id = ANY (@emptied)
            """,
            new { emptied },
            cancellationToken
        );

    /// <summary>The call before its recordings: news of a recording waits for the call's row, and then sees that it is erased.</summary>
    /// <returns>The blobs to delete.</returns>
    private async Task<IReadOnlyList<BlobDeletion>> EraseCallsAsync(UnitOfWork work, Guid[] ids, CancellationToken cancellationToken)
    {
        await work.ExecuteAsync(
            "UPDATE calls SET is_erased = true, caller_name = NULL, forwarded_from = NULL WHERE conversation_id = ANY (@ids)",
            new { ids },
            cancellationToken
        );
        var recordings = await work.QueryAsync<(Guid Id, string State)>(
            """
            UPDATE recordings r SET state = 'erased', source_url = NULL, next_attempt_at = NULL, blob = NULL, content_type = NULL, size_bytes = NULL
            FROM (SELECT id, state FROM recordings WHERE conversation_id = ANY (@ids) AND state <> 'erased' FOR UPDATE) before
            WHERE r.id = before.id
            RETURNING r.id, before.state
            """,
            new { ids },
            cancellationToken
        );
        var now = clock.GetUtcNow();
        return
        [
            .. recordings
                .Where(recording => recording.State is "stored" or "waiting")
                .Select(recording => new BlobDeletion(
                    RecordingBlob.NameOf(work.WorkspaceId, recording.Id),
                    // One that is being fetched at this moment may be written after this: once nobody can be at it any more, it is deleted all the same.
                    recording.State == "stored"
                        ? now
                        : now + FetchRecordings.Lease + FetchRecordings.Lease
                )),
        ];
    }

    private static Task<int> EraseMessagesAsync(UnitOfWork work, Guid[] ids, DateTimeOffset at, CancellationToken cancellationToken) =>
        work.ExecuteAsync(
            """
            WITH erased AS (
                UPDATE messages SET body = '', media_count = 0 WHERE conversation_id = ANY (@ids) AND at <= @at RETURNING workspace_id, id
            )
            DELETE FROM media m USING erased WHERE m.workspace_id = erased.workspace_id AND m.message_id = erased.id
            """,
            new { ids, at },
            cancellationToken
        );

    /// <summary>What was understood of it.</summary>
    private static Task<int> EraseReadingsAsync(UnitOfWork work, Guid[] ids, CancellationToken cancellationToken) =>
        work.ExecuteAsync(
            """
            DELETE FROM transcript_segments WHERE conversation_id = ANY (@ids);
            DELETE FROM captured_details WHERE conversation_id = ANY (@ids);
            UPDATE conversations SET summary = NULL, summary_source = NULL, callback_text = NULL, callback_at = NULL, callback_said_at = NULL WHERE id = ANY (@ids)
            """,
            new { ids },
            cancellationToken
        );

    /// <summary>That somebody refused stays in the ledger, of whom does not.</summary>
    private static Task<int> EraseConsentsAsync(UnitOfWork work, ContactErased erased, CancellationToken cancellationToken) =>
        work.SingleAsync<int>(
            "SELECT erase_consents(@kinds, @values, @replacements)",
            new
            {
                kinds = erased.Identities.Select(identity => JsonNamingPolicy.SnakeCaseLower.ConvertName(identity.Kind.ToString())).ToArray(),
                values = erased.Identities.Select(identity => identity.Value).ToArray(),
                replacements = erased.Identities.Select((_, index) => $"erased:{erased.ErasureId:N}:{index}").ToArray(),
            },
            cancellationToken
        );

    /// <summary>What a visitor typed of himself; and the browser's token, unless it chatted again since.</summary>
    private static async Task EraseVisitorsAsync(UnitOfWork work, ContactErased erased, Guid[] emptied, CancellationToken cancellationToken)
    {
        var visitors = await work.QueryAsync<Guid>(
            """
            WITH visits AS (DELETE FROM chat_sessions WHERE conversation_id = ANY (@emptied) RETURNING visitor_id)
            SELECT visitor_id FROM visits UNION SELECT id FROM chat_visitors WHERE id = ANY (@visitorIds)
            """,
            new
            {
                emptied,
                visitorIds = erased
                    .Identities.Where(identity => identity.Kind == IdentityKind.ChatVisitor)
                    .Select(identity => Guid.TryParse(identity.Value, out var id) ? id : Guid.Empty)
                    .ToArray(),
            },
            cancellationToken
        );
        var ids = visitors.ToArray();
        await work.ExecuteAsync("UPDATE chat_visitors SET name = NULL, email = NULL, phone = NULL WHERE id = ANY (@ids)", new { ids }, cancellationToken);
        await work.ExecuteAsync(
            """
            DELETE FROM chat_visitors v
            WHERE id = ANY (@ids) AND NOT EXISTS (SELECT FROM chat_sessions s WHERE s.workspace_id = v.workspace_id AND s.visitor_id = v.id)
            """,
            new { ids },
            cancellationToken
        );
    }

    private static async Task UnlinkAsync(UnitOfWork work, Guid[] ids, Guid[] emptied, DateTimeOffset at, CancellationToken cancellationToken)
    {
        await work.ExecuteAsync(
            "UPDATE conversations SET contact_id = NULL, absorbed_contact_id = NULL, linked_at = NULL WHERE id = ANY (@ids)",
            new { ids },
            cancellationToken
        );
        await work.ExecuteAsync(
            "UPDATE conversations SET participant = id::text, participant_role = 'erased', erased_at = @at WHERE id = ANY (@emptied)",
            new { emptied, at },
            cancellationToken
        );
    }
}
