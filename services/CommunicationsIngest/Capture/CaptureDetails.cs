using System.Security.Cryptography;
using System.Text;
using CommunicationsIngest.Transcripts;
using Messages;
using Messages.CommunicationsIngest;
using Messaging.Sending;
using ServiceDefaults.Postgres;

namespace CommunicationsIngest.Capture;

/// <summary>Tells what a person said of himself, in the transaction of what tells us: each detail of each message once, however often it is read.</summary>
internal sealed class CaptureDetails(Outbox outbox)
{
    /// <summary>Reads one message by rule, as it is stored.</summary>
    /// <param name="participant">Null: nobody who may be a contact; then nothing is captured.</param>
    /// <param name="question">What we had written just before; null where the person wrote last.</param>
    /// <param name="country">In whose way phone numbers are read; null where the workspace has not said.</param>
    public async Task FromMessageAsync(
        UnitOfWork work,
        Guid conversationId,
        Participant? participant,
        Utterance message,
        string? question,
        string? country,
        CancellationToken cancellationToken
    )
    {
        if (participant is null)
        {
            return;
        }
        List<Utterance> said = question is null ? [message] : [new(Guid.Empty, Speaker.Agent, question, message.At), message];
        var captured = CaptureRules.Read(said, country ?? Identifiers.PhoneNumber.DefaultCountry);
        await StoreAsync(work, conversationId, participant, captured, ofCall: false, cancellationToken);
    }

    /// <param name="ofCall">A transcript that is replaced has new segments; what was captured from the call is not captured again.</param>
    public async Task StoreAsync(
        UnitOfWork work,
        Guid conversationId,
        Participant? participant,
        Captured captured,
        bool ofCall,
        CancellationToken cancellationToken
    )
    {
        if (captured.Callback is { } callback)
        {
            await StoreCallbackAsync(work, conversationId, callback, cancellationToken);
        }
        if (participant is null || captured.Details.Count == 0)
        {
            return;
        }
        var digests = captured.Details.Select(detail => Digest(ofCall ? conversationId : detail.MessageId ?? conversationId, detail)).ToArray();
        var fresh = await work.QueryAsync<byte[]>(
            """
            INSERT INTO captured_details (workspace_id, conversation_id, digest)
            SELECT @WorkspaceId, @conversationId, digest
            FROM unnest(@digests, @phones) AS detail (digest, phone)
            -- Neither the number they call from nor one of our own is news of them.
            WHERE phone IS NULL OR (phone <> @number AND NOT EXISTS (SELECT FROM phone_numbers n WHERE n.number = phone))
            ON CONFLICT DO NOTHING
            RETURNING digest
            """,
            new
            {
                work.WorkspaceId,
                conversationId,
                digests,
                phones = captured.Details.Select(detail => detail.Field == "phone" ? detail.Value : null).ToArray(),
                number = participant.Value,
            },
            cancellationToken
        );
        var told = captured.Details.Where((_, i) => fresh.Any(digest => digest.AsSpan().SequenceEqual(digests[i]))).ToList();
        if (told.Count > 0)
        {
            outbox.Enqueue(work, Actor.System, new DetailsCaptured(conversationId, participant, captured.SaidAt, told));
        }
    }

    private static async Task StoreCallbackAsync(UnitOfWork work, Guid conversationId, Callback callback, CancellationToken cancellationToken)
    {
        var zone = await work.FirstOrDefaultAsync<string>(
            """
            SELECT d.card ->> 'time_zone' FROM conversations c
            JOIN contact_cards d ON d.workspace_id = c.workspace_id AND d.contact_id = c.contact_id
            WHERE c.id = @conversationId
            """,
            new { conversationId },
            cancellationToken
        );
        var at = CallbackTime.Resolve(callback, zone is not null && TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var found) ? found : null);
        await work.ExecuteAsync(
            """
            UPDATE conversations SET callback_text = @Words, callback_at = @at, callback_said_at = @SaidAt
            WHERE id = @conversationId AND (callback_said_at IS NULL OR callback_said_at <= @SaidAt)
            """,
            new
            {
                conversationId,
                callback.Words,
                callback.SaidAt,
                at,
            },
            cancellationToken
        );
    }

    private static byte[] Digest(Guid source, CapturedDetail detail) => SHA256.HashData(Encoding.UTF8.GetBytes($"{source:N} {detail.Field} {detail.Value}"));
}
