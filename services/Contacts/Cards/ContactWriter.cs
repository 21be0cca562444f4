using System.Text.Json;
using Contacts.Audit;
using Contacts.Consent;
using Contacts.CustomFields;
using Contacts.Suggestions;
using Contacts.Tags;
using Messages;
using Messages.Contacts;
using Messaging.Sending;
using ServiceDefaults.Json;
using ServiceDefaults.Postgres;

namespace Contacts.Cards;

/// <summary>A step of a contact from the card that was read under lock to another state.</summary>
/// <param name="TraceParent">The trace to continue where it is not the present one.</param>
/// <param name="IsNew">The contact was made in this unit of work and nobody was told of it yet: the step completes it, and counts as no change.</param>
internal sealed record CardChange(Card Before, ContactState After, Origin Origin, string? TraceParent = null, bool IsNew = false)
{
    /// <summary>The survivor, where this step absorbs the contact: it is told of by its merge, not by its card.</summary>
    public Guid? MergedInto { get; init; }
}

/// <summary>A contact to be made.</summary>
internal sealed record NewCard(Guid Id, ContactState State, Origin Origin);

/// <summary>What became of a write: the cards after it, in the order given, or the identities that could not be given and why. With any of these the unit of work must roll back.</summary>
internal sealed record WriteResult(IReadOnlyList<Card> Cards, IReadOnlyList<RefusedIdentity> Refused);

/// <summary>
/// The one way to write a contact, for one as for a thousand: rows, identities, tags, history with provenance, audit, event. A change that changes nothing writes nothing,
/// counts as no version and is told to nobody. The number of statements does not depend on the number of contacts.
/// </summary>
internal sealed class ContactWriter(Outbox outbox, AuditLog audit, TimeProvider clock)
{
    private static readonly IReadOnlyDictionary<string, string> NoDetails = new Dictionary<string, string>();

    public async Task<WriteResult> CreateAsync(UnitOfWork work, IReadOnlyList<NewCard> contacts, CancellationToken cancellationToken)
    {
        var now = Now();
        var fitting = await FieldValues.FitAsync(work, [.. contacts.Select(contact => (ContactState.Empty, contact.State))], cancellationToken);
        var consented = await OptOuts.FollowAsync(work, [.. fitting.Select(state => (state, state.Identities))], cancellationToken);
        var states = await StoredTagNamesAsync(work, consented, now, cancellationToken);
        var cards = contacts
            .Select(
                (contact, index) =>
                    new Card
                    {
                        Id = contact.Id,
                        Version = 1,
                        State = states[index],
                        Source = contact.Origin.Actor.Kind,
                        CreatedBy = contact.Origin.Actor.Id,
                        CreatedAt = now,
                        UpdatedAt = now,
                    }
            )
            .ToList();
        await ContactRows.InsertAsync(work, cards, [.. contacts.Select(contact => contact.Origin.Evidence)], cancellationToken);
        var gained = cards.SelectMany(
            (card, index) => card.State.Identities.Select(identity => new GainedIdentity(card.Id, identity, contacts[index].Origin, IsNewContact: true))
        );
        var refused = await IdentityRows.GiveAsync(work, [.. gained], now, cancellationToken);
        if (refused.Count > 0)
        {
            return new([], refused);
        }
        await FieldValueRows.AddAsync(work, cards, cancellationToken);
        await ContactTags.AddAsync(work, [.. cards.SelectMany(card => card.State.Tags.Select(tag => (card.Id, tag)))], cancellationToken);
        foreach (var (card, contact) in cards.Zip(contacts))
        {
            outbox.Enqueue(work, contact.Origin.Actor, new ContactChanged(card.ToMessage(), AllFieldsOf(card)));
            Audit(work, contact.Origin, "contact.created", card.Id, NoDetails);
        }
        return new(cards, []);
    }

    public async Task<WriteResult> UpdateAsync(UnitOfWork work, IReadOnlyList<CardChange> changes, CancellationToken cancellationToken)
    {
        var now = Now();
        var fitting = await FieldValues.FitAsync(work, [.. changes.Select(change => (change.Before.State, change.After))], cancellationToken);
        var consented = await OptOuts.FollowAsync(work, [.. changes.Select((change, index) => (fitting[index], Gained(change)))], cancellationToken);
        var states = await StoredTagNamesAsync(work, consented, now, cancellationToken);
        var steps = changes
            .Select((change, index) => Step.Of(change with { After = states[index] }, now))
            .Where(step => step.IsNew || step.ChangesAnything)
            .ToList();
        var altered = steps.Where(step => step.ChangesAnything).ToList();
        if (altered.Count > 0)
        {
            var refused = await IdentityRows.ApplyAsync(work, altered, now, cancellationToken);
            if (refused.Count > 0)
            {
                return new([], refused);
            }
            await ContactTags.ApplyAsync(work, altered, cancellationToken);
            await FieldValueRows.ApplyAsync(work, altered, cancellationToken);
            await ContactRows.UpdateAsync(work, altered, cancellationToken);
            await OpenSuggestions.CloseAsync(work, altered, cancellationToken);
        }
        steps.ForEach(step => Tell(work, step));
        var written = steps.ToDictionary(step => step.Before.Id, step => step.After);
        return new([.. changes.Select(change => written.GetValueOrDefault(change.Before.Id, change.Before))], []);
    }

    /// <summary>The database keeps microseconds; what is told of a write must be what is read of it later.</summary>
    private DateTimeOffset Now()
    {
        var now = clock.GetUtcNow();
        return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
    }

    private void Tell(UnitOfWork work, Step step)
    {
        IReadOnlyList<string> fields = step.IsNew ? AllFieldsOf(step.After) : [.. step.Fields.Select(change => change.Field)];
        if (step.After.MergedInto is null)
        {
            outbox.Enqueue(work, step.Origin.Actor, new ContactChanged(step.After.ToMessage(), fields), step.TraceParent);
        }
        Audit(work, step.Origin, "contact." + step.Origin.Kind, step.After.Id, new Dictionary<string, string> { ["fields"] = string.Join(", ", fields) });
    }

    /// <summary>What the product does by itself on every call is in the contact's history; the audit log is about those who act.</summary>
    private void Audit(UnitOfWork work, Origin origin, string action, Guid contactId, IReadOnlyDictionary<string, string> details)
    {
        if (origin.Actor.Kind != ActorKind.System && !origin.IsPartOfBatch)
        {
            audit.Add(work, origin.Actor, action, "contact", contactId.ToString(), details);
        }
    }

    /// <summary>Tags that the workspace lacks are made; those that it has keep the spelling that it gave them.</summary>
    private static async Task<IReadOnlyList<ContactState>> StoredTagNamesAsync(
        UnitOfWork work,
        IReadOnlyList<ContactState> states,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var stored = await ContactTags.EnsureAsync(work, [.. states.SelectMany(state => state.Tags).Distinct()], now, cancellationToken);
        return stored.Count == 0 ? states : [.. states.Select(state => state.WithTags(state.Tags.Select(tag => stored.GetValueOrDefault(tag.Key, tag))))];
    }

    private static IReadOnlyList<string> AllFieldsOf(Card card) =>
        [.. Card.Fields, .. card.State.CustomFields.Keys.Order(StringComparer.Ordinal).Select(key => FieldChange.CustomPrefix + key)];

    /// <summary>Identities of a contact that was just made have not been looked at for consent yet.</summary>
    private static IReadOnlyList<Identity> Gained(CardChange change) =>
        change.IsNew ? change.After.Identities : [.. change.After.Identities.Where(identity => !change.Before.State.Identities.Any(identity.IsSameAs))];
}
