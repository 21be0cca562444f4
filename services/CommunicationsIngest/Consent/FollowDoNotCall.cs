using Messages;
using Messages.Contacts;
using Messaging.Consuming;
using ServiceDefaults.Postgres;

namespace CommunicationsIngest.Consent;

/// <summary>
/// The tag Do Not Call is a refusal of calls to all of the contact's numbers, written into the ledger when it comes. Only a person who takes it away takes the refusal back: an
/// import or a sync that drops the tag does not.
/// </summary>
internal sealed class FollowDoNotCall(ConsentLedger ledger) : IHandleEvents<ContactChanged>
{
    public async Task HandleAsync(UnitOfWork work, IReadOnlyList<Event<ContactChanged>> events, CancellationToken cancellationToken)
    {
        var seen = events
            .OrderBy(e => e.OccurredAt)
            .SelectMany(e => Phones(e.Data.Contact).Select(phone => new Sighting(phone, Permission.IsDoNotCall(e.Data.Contact.Tags), e.OccurredAt, e.Actor)))
            .ToList();
        var tagged = await TaggedAsync(work, [.. seen.Where(sighting => !sighting.HasTag).Select(sighting => sighting.Phone).Distinct()], cancellationToken);
        // Most contacts have nothing to do with the tag.
        var concerned = seen.Where(sighting => sighting.HasTag || tagged.Contains(sighting.Phone)).Select(sighting => sighting.Phone).ToHashSet();
        if (concerned.Count == 0)
        {
            return;
        }
        await ConsentLock.HoldAsync(work, concerned.Select(ConsentIdentity.Phone), cancellationToken);
        foreach (var sighting in seen.Where(sighting => concerned.Contains(sighting.Phone)))
        {
            await FollowAsync(work, sighting, cancellationToken);
        }
    }

    private async Task FollowAsync(UnitOfWork work, Sighting sighting, CancellationToken cancellationToken)
    {
        var before = await work.SingleAsync<Before>(
            """
            WITH written AS (
                INSERT INTO do_not_call_tags AS t (workspace_id, number, is_tagged, at) VALUES (@WorkspaceId, @Phone, @HasTag, @At)
                ON CONFLICT (workspace_id, number) DO UPDATE SET is_tagged = excluded.is_tagged, at = excluded.at
                WHERE t.at < excluded.at
                RETURNING 1
            )
            SELECT EXISTS (SELECT FROM written) AS is_newer,
                EXISTS (SELECT FROM do_not_call_tags WHERE number = @Phone AND is_tagged) AS was_tagged,
                EXISTS (
                    SELECT FROM consents
                    WHERE identity_kind = 'phone' AND identity_value = @Phone AND covers = 'calls' AND sender = '' AND state = 'opted_out') AS is_refused
            """,
            new
            {
                work.WorkspaceId,
                sighting.Phone,
                sighting.HasTag,
                sighting.At,
            },
            cancellationToken
        );
        var refuses = sighting.HasTag && !before.WasTagged && !before.IsRefused;
        var takesBack = !sighting.HasTag && before is { WasTagged: true, IsRefused: true } && sighting.Actor.Kind == ActorKind.Person;
        if (before.IsNewer && (refuses || takesBack))
        {
            var entry = new ConsentEntry(
                ConsentIdentity.Phone(sighting.Phone),
                Coverage.Calls,
                refuses ? ConsentState.OptedOut : ConsentState.OptedIn,
                "",
                null,
                ConsentSource.Tag,
                null,
                null,
                sighting.Actor,
                sighting.At
            );
            await ledger.RecordAsync(work, entry, cancellationToken);
        }
    }

    private static async Task<HashSet<string>> TaggedAsync(UnitOfWork work, string[] phones, CancellationToken cancellationToken) =>
        phones.Length == 0
            ? []
            :
            [
                .. await work.QueryAsync<string>(
                    "SELECT number FROM do_not_call_tags WHERE number = ANY (@phones) AND is_tagged",
                    new { phones },
                    cancellationToken
                ),
            ];

    private static IEnumerable<string> Phones(ContactCard card) =>
        card.Identities.Where(identity => identity.Kind == IdentityKind.Phone).Select(identity => identity.Value);

    private sealed record Sighting(string Phone, bool HasTag, DateTimeOffset At, Actor Actor);

    private sealed class Before
    {
        public bool IsNewer { get; init; }
        public bool WasTagged { get; init; }
        public bool IsRefused { get; init; }
    }
}
