using Contacts.Activity;
using Contacts.Cards;
using Contacts.Tags;
using Contacts.Workspaces;
using Messages;
using Messages.CommunicationsIngest;
using Messaging.Consuming;
using ServiceDefaults.Postgres;

namespace Contacts.Consent;

/// <summary>
/// The tag <c>opt-out</c> follows what people say of messages to them. Of two for one identity the later said holds; said at the same moment, the refusal. Kept for an
/// identity that no contact has yet, so that it holds for whoever gets it.
/// </summary>
internal sealed class FollowConsent(ContactWriter writer, TimeProvider clock) : IHandleEvents<ConsentChanged>
{
    public async Task HandleAsync(UnitOfWork work, IReadOnlyList<Event<ConsentChanged>> events, CancellationToken cancellationToken)
    {
        var latest = events
            .Select(e => (Event: e, Identity: ParticipantIdentity.Read(e.Data.Participant)))
            .Where(said => said.Identity is not null)
            .GroupBy(said => said.Identity!.Value, said => said.Event)
            .ToDictionary(said => said.Key, said => said.OrderBy(e => e.Data.At).ThenBy(e => e.Data.OptedOut).Last());
        if (latest.Count == 0)
        {
            return;
        }
        // The tag has to be there, as the system's.
        await WorkspaceSettings.ReadAsync(work, clock, cancellationToken);
        // Contacts first, then the identities' locks: in the order of those who give an identity to a contact.
        await LockContactsAsync(work, latest.Keys, cancellationToken);
        await IdentityLock.HoldAsync(work, latest.Keys, cancellationToken);
        await KeepAsync(work, latest, cancellationToken);
        var owners = await LockContactsAsync(work, latest.Keys, cancellationToken);
        var cards = await Card.FindAllAsync(work, [.. owners.Values.Distinct()], cancellationToken);
        var optedOut = await OptedOutAsync(work, [.. cards.Select(card => card.Id)], cancellationToken);
        var cause = owners
            .GroupBy(owner => owner.Value, owner => latest[owner.Key])
            .ToDictionary(contact => contact.Key, contact => contact.MaxBy(e => e.Data.At)!);
        var changes = cards
            .Where(card => card.State.Tags.Contains(TagName.OptOut) != optedOut.Contains(card.Id))
            .Select(card => Follow(card, optedOut.Contains(card.Id), cause[card.Id]));
        await writer.UpdateAsync(work, [.. changes], cancellationToken);
    }

    private static CardChange Follow(Card card, bool isOptedOut, Event<ConsentChanged> cause)
    {
        var tags = card.State.Tags.Where(tag => tag != TagName.OptOut);
        var evidence = new Evidence { MessageId = cause.Data.MessageId, Quote = cause.Data.Quote };
        return new(
            card,
            card.State.WithTags(isOptedOut ? tags.Append(TagName.OptOut) : tags),
            new(cause.Actor, ChangeKinds.ConsentChanged, evidence, cause.Data.At.ToUniversalTime()),
            cause.TraceParent
        );
    }

    private static async Task<IReadOnlyDictionary<(string Kind, string Value), Guid>> LockContactsAsync(
        UnitOfWork work,
        IReadOnlyCollection<(string Kind, string Value)> identities,
        CancellationToken cancellationToken
    )
    {
        var owners = await IdentityOwners.FindAsync(work, identities, cancellationToken);
        await Card.LockAllAsync(work, [.. owners.Values.Distinct()], cancellationToken);
        return owners;
    }

    private static Task<int> KeepAsync(
        UnitOfWork work,
        Dictionary<(string Kind, string Value), Event<ConsentChanged>> latest,
        CancellationToken cancellationToken
    ) =>
        work.ExecuteAsync(
            """
            INSERT INTO consents AS present (workspace_id, kind, value, opted_out, said_at)
            SELECT @WorkspaceId, kind, value, opted_out, said_at
            FROM unnest(@kinds, @values, @optedOut, @times) AS said (kind, value, opted_out, said_at)
            ORDER BY kind, value
            ON CONFLICT (workspace_id, kind, value) DO UPDATE SET opted_out = excluded.opted_out, said_at = excluded.said_at
            WHERE (present.said_at, present.opted_out) < (excluded.said_at, excluded.opted_out)
            """,
            new
            {
                work.WorkspaceId,
                kinds = latest.Keys.Select(identity => identity.Kind).ToArray(),
                values = latest.Keys.Select(identity => identity.Value).ToArray(),
                optedOut = latest.Values.Select(e => e.Data.OptedOut).ToArray(),
                times = latest.Values.Select(e => e.Data.At.ToUniversalTime()).ToArray(),
            },
            cancellationToken
        );

    /// <summary>Those of the contacts that have an identity which has opted out: the most restrictive consent of a person's identities holds.</summary>
    private static async Task<HashSet<Guid>> OptedOutAsync(UnitOfWork work, Guid[] contactIds, CancellationToken cancellationToken) =>
        [
            .. await work.QueryAsync<Guid>(
                "SELECT DISTINCT i.contact_id FROM contact_identities i JOIN consents c USING (kind, value) WHERE i.contact_id = ANY (@contactIds) AND c.opted_out",
                new { contactIds },
                cancellationToken
            ),
        ];
}
