using Contacts.Cards;
using Contacts.Erasures;
using Contacts.OwnNumbers;
using Messages;
using Messages.Contacts;
using Messaging.Sending;
using ServiceDefaults.Postgres;

namespace Contacts.Captures;

/// <summary>Takes what was said of contacts, for one as for hundreds, whether it was heard in a call, read in a message, typed into a form or told by an agent.</summary>
internal sealed class CaptureIntake(ContactWriter writer, Outbox outbox, ForgottenIdentities forgotten, TimeProvider clock)
{
    private static readonly Origin Made = new(Actor.System);

    /// <param name="created">Contacts that were made in this unit of work by the one who calls, with the traces to continue: they are completed and told of.</param>
    /// <returns>Identities that another contact got at this moment; with any of these the unit of work must roll back.</returns>
    public async Task<IReadOnlyList<RefusedIdentity>> TakeAsync(
        UnitOfWork work,
        IReadOnlyList<Capture> captures,
        IReadOnlyDictionary<Guid, string?> created,
        CancellationToken cancellationToken
    )
    {
        captures = await WithoutOwnNumbersAsync(work, captures, cancellationToken);
        captures = await WithoutErasedAsync(work, captures, cancellationToken);
        var cards = await Card.LockAllAsync(work, [.. captures.Select(one => one.ContactId).Union(created.Keys).Order()], cancellationToken);
        var judged = await JudgeAsync(work, cards, captures, cancellationToken);
        var refused = await WriteAsync(work, cards, judged, captures, created, cancellationToken);
        if (refused.Count > 0)
        {
            return refused;
        }
        var claims = judged.Values.SelectMany(one => one.Claims).ToList();
        await IdentityClaims.AddAsync(work, claims, cancellationToken);
        foreach (var (claimant, owner) in claims.Select(claim => (claim.Value.ContactId, claim.OwnerId)).Distinct())
        {
            outbox.Enqueue(work, Actor.System, new IdentityClaimed(claimant, owner));
        }
        await CapturedValueRows.SetStatusAsync(work, [.. judged.Values.SelectMany(one => one.Statuses)], cancellationToken);
        return [];
    }

    /// <summary>People repeat the number that they called.</summary>
    private static async Task<IReadOnlyList<Capture>> WithoutOwnNumbersAsync(
        UnitOfWork work,
        IReadOnlyList<Capture> captures,
        CancellationToken cancellationToken
    )
    {
        var phones = captures.Where(one => one.Field == IdentityKinds.Phone).Select(one => one.Value).ToHashSet();
        var own = await OwnNumberList.AmongAsync(work, phones, cancellationToken);
        return own.Count == 0 ? captures : [.. captures.Where(one => one.Field != IdentityKinds.Phone || !own.Contains(one.Value))];
    }

    /// <summary>Whoever says or types an erased person's number need not be that person.</summary>
    private async Task<IReadOnlyList<Capture>> WithoutErasedAsync(UnitOfWork work, IReadOnlyList<Capture> captures, CancellationToken cancellationToken)
    {
        var said = captures.Where(one => CapturedFields.IsIdentity(one.Field)).Select(one => (one.Field, one.Value)).ToHashSet();
        if (said.Count == 0)
        {
            return captures;
        }
        var known = await forgotten.FindAsync(work, said, cancellationToken);
        return [.. captures.Where(one => known.GetValueOrDefault((one.Field, one.Value)) is not { IsErased: true })];
    }

    private async Task<IReadOnlyDictionary<Guid, Judgement>> JudgeAsync(
        UnitOfWork work,
        IReadOnlyList<Card> cards,
        IReadOnlyList<Capture> captures,
        CancellationToken cancellationToken
    )
    {
        var captureOf = captures.ToLookup(one => one.ContactId);
        var spokenOf = cards.Where(card => captureOf.Contains(card.Id)).ToList();
        if (spokenOf.Count == 0)
        {
            return new Dictionary<Guid, Judgement>();
        }
        var present = spokenOf.SelectMany(card => captureOf[card.Id]).ToList();
        var said = await CapturedValueRows.KeepAsync(work, present, clock.GetUtcNow(), cancellationToken);
        var provenance = await CardProvenance.ReadAsync(work, [.. spokenOf.Select(card => card.Id)], cancellationToken);
        var identities = present.Where(one => CapturedFields.IsIdentity(one.Field)).Select(one => (one.Field, one.Value)).ToHashSet();
        var owners = (await IdentityOwners.FindAsync(work, identities, cancellationToken)).ToDictionary();
        var judged = spokenOf.ToDictionary(
            card => card.Id,
            card => Judgement.Of(card, provenance[card.Id], [.. said[card.Id]], captureOf[card.Id].Select(one => (one.Field, one.Key)).ToHashSet(), owners)
        );
        await MarkSharedAsync(work, spokenOf, present, judged, cancellationToken);
        return judged;
    }

    private static async Task MarkSharedAsync(
        UnitOfWork work,
        List<Card> cards,
        List<Capture> captures,
        Dictionary<Guid, Judgement> judged,
        CancellationToken cancellationToken
    )
    {
        var shared = await SpokenNames.SharedPhonesAsync(work, captures, cancellationToken);
        foreach (var card in cards)
        {
            foreach (
                var phone in card.State.Identities.Where(identity =>
                    identity is { Kind: IdentityKinds.Phone, IsShared: false } && shared.Contains(identity.Value)
                )
            )
            {
                judged[card.Id].Add(state => state.With(phone.Kind, phone.Value, phone.IsPrimary, isShared: true), new(Actor.System, ChangeKinds.Captured));
            }
        }
    }

    /// <summary>What has evidence of its own is a change of its own: round by round, one change of each contact.</summary>
    private async Task<IReadOnlyList<RefusedIdentity>> WriteAsync(
        UnitOfWork work,
        IReadOnlyList<Card> cards,
        IReadOnlyDictionary<Guid, Judgement> judged,
        IReadOnlyList<Capture> captures,
        IReadOnlyDictionary<Guid, string?> created,
        CancellationToken cancellationToken
    )
    {
        var traces = captures.DistinctBy(one => one.ContactId).ToDictionary(one => one.ContactId, one => one.TraceParent);
        for (var round = 0; ; round++)
        {
            var changes = new List<CardChange>();
            foreach (var card in cards)
            {
                var isNew = round == 0 && created.ContainsKey(card.Id);
                var steps = judged.TryGetValue(card.Id, out var judgement) ? judgement.Steps : [];
                if (round < steps.Count || isNew)
                {
                    var (change, origin) = round < steps.Count ? steps[round] : (state => state, Made);
                    changes.Add(new(card, change(card.State), origin, created.GetValueOrDefault(card.Id) ?? traces.GetValueOrDefault(card.Id), isNew));
                }
            }
            if (changes.Count == 0)
            {
                return [];
            }
            var written = await writer.UpdateAsync(work, changes, cancellationToken);
            if (written.Refused.Count > 0)
            {
                return written.Refused;
            }
            var after = written.Cards.ToDictionary(card => card.Id);
            cards = [.. cards.Select(card => after.GetValueOrDefault(card.Id, card))];
        }
    }
}
