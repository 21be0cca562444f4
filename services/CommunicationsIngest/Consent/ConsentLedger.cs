using System.Text.Json;
using Messages;
using Messages.CommunicationsIngest;
using Messaging.Sending;
using ServiceDefaults.Postgres;

namespace CommunicationsIngest.Consent;

/// <summary>
/// Who said what about being contacted: entries are only ever added, and what holds now is written with them. Of two, the later said holds; said at the same moment, the refusal.
/// Callers hold the <see cref="ConsentLock"/> of the identities.
/// </summary>
internal sealed class ConsentLedger(Outbox outbox, TimeProvider clock)
{
    /// <summary>Writes down what a person's words say, in the transaction that stores them.</summary>
    /// <param name="ownNumber">The one of our numbers that it was said to; null in a chat.</param>
    /// <returns>What the words were taken for; null where they say nothing (a YES of somebody who is not opted out).</returns>
    public async Task<ConsentWordKind?> HearAsync(
        UnitOfWork work,
        ConsentIdentity identity,
        ConsentWord word,
        Channel channel,
        string? ownNumber,
        Guid? messageId,
        DateTimeOffset at,
        CancellationToken cancellationToken
    )
    {
        if (word.Kind == ConsentWordKind.Help)
        {
            return ConsentWordKind.Help;
        }
        var optedOutOf = word.Kind == ConsentWordKind.OptOut ? [] : await OptedOutSendersAsync(work, identity, ownNumber, cancellationToken);
        if (word.Kind == ConsentWordKind.OptInIfOptedOut && optedOutOf.Count == 0)
        {
            return null;
        }
        var isOptOut = word.Kind == ConsentWordKind.OptOut;
        foreach (var covers in new[] { Coverage.Messages, Coverage.Calls }.Where(covers => word.Covers.HasFlag(covers)))
        {
            foreach (var sender in optedOutOf.Append("").Distinct())
            {
                var entry = new ConsentEntry(
                    identity,
                    covers,
                    isOptOut ? ConsentState.OptedOut : ConsentState.OptedIn,
                    sender,
                    channel,
                    word.IsInferred ? ConsentSource.Inferred : ConsentSource.Keyword,
                    messageId,
                    word.Quote,
                    Actor.System,
                    at
                );
                await RecordAsync(work, entry, cancellationToken);
            }
        }
        return isOptOut ? ConsentWordKind.OptOut : ConsentWordKind.OptIn;
    }

    /// <returns>The entry's id.</returns>
    public async Task<Guid> RecordAsync(UnitOfWork work, ConsentEntry entry, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var id = Guid.CreateVersion7(now);
        var change = await work.SingleAsync<Change>(
            """
            WITH entry AS (
                INSERT INTO consent_entries (
                    workspace_id, id, identity_kind, identity_value, covers, state, sender, channel, source, message_id, quote, actor_kind, actor_id, at, recorded_at)
                VALUES (
                    @WorkspaceId, @id, @kind, @Value, @covers, @state, @Sender, @channel, @source, @MessageId, @Quote, @actorKind, @actorId, @at, @now)
            ), present AS (
                INSERT INTO consents AS c (workspace_id, identity_kind, identity_value, covers, sender, state, at, entry_id)
                VALUES (@WorkspaceId, @kind, @Value, @covers, @Sender, @state, @at, @id)
                ON CONFLICT (workspace_id, identity_kind, identity_value, covers, sender) DO UPDATE
                SET state = excluded.state, at = excluded.at, entry_id = excluded.entry_id
                WHERE (c.at, c.state = 'opted_out') < (excluded.at, excluded.state = 'opted_out')
                RETURNING state
            )
            SELECT (SELECT state FROM present) = 'opted_out' AS is_now, coalesce((
                SELECT state = 'opted_out' FROM consents
                WHERE identity_kind = @kind AND identity_value = @Value AND covers = @covers AND sender = @Sender), false) AS was
            """,
            new
            {
                work.WorkspaceId,
                id,
                kind = entry.Identity.KindName,
                entry.Identity.Value,
                covers = Name(entry.Covers),
                state = Name(entry.State),
                entry.Sender,
                channel = entry.Channel is { } channel ? Name(channel) : null,
                source = Name(entry.Source),
                entry.MessageId,
                entry.Quote,
                actorKind = Name(entry.Actor.Kind),
                actorId = entry.Actor.Id,
                at = entry.At,
                now,
            },
            cancellationToken
        );
        // The tag shows the refusal of messages from the whole workspace.
        if (entry is { Covers: Coverage.Messages, Sender: "" } && change.IsNow is { } isNow && isNow != change.Was)
        {
            outbox.Enqueue(work, entry.Actor, new ConsentChanged(entry.Identity.AsParticipant(), isNow, entry.At, entry.MessageId, entry.Quote));
        }
        return id;
    }

    /// <summary>What an opt-in to this number of ours brings back beside the whole workspace's.</summary>
    private static Task<IReadOnlyList<string>> OptedOutSendersAsync(
        UnitOfWork work,
        ConsentIdentity identity,
        string? ownNumber,
        CancellationToken cancellationToken
    ) =>
        work.QueryAsync<string>(
            """
            SELECT sender FROM consents
            WHERE identity_kind = @KindName AND identity_value = @Value AND covers = 'messages' AND state = 'opted_out' AND sender = ANY (@senders)
            """,
            new
            {
                identity.KindName,
                identity.Value,
                senders = new[] { "", ownNumber ?? "" },
            },
            cancellationToken
        );

    private static string Name<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());

    private sealed class Change
    {
        /// <summary>Null: something said later holds.</summary>
        public bool? IsNow { get; init; }
        public bool Was { get; init; }
    }
}
