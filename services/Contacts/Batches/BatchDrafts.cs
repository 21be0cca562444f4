using Contacts.Cards;
using Contacts.Tags;
using Microsoft.AspNetCore.Http.HttpResults;
using ServiceDefaults.Problems;

namespace Contacts.Batches;

/// <summary>A contact on its way through a group of rows: as it was, null for one that is to be made, and as it is to be.</summary>
internal sealed class Draft(Guid id, Card? before)
{
    public Guid Id { get; } = id;

    public Card? Before { get; } = before;

    public ContactState State { get; set; } = before?.State ?? ContactState.Empty;

    /// <summary>That of the last row which changed it.</summary>
    public Origin? Origin { get; set; }
}

/// <summary>Applies rows one after the other to the contacts that have their identities, in memory; what the rows make of them is then written at once.</summary>
internal sealed class BatchDrafts
{
    private readonly Dictionary<(string Kind, string Value), Draft> _owners = [];
    private readonly List<Draft> _drafts = [];
    private readonly DateTimeOffset _now;

    /// <param name="cards">All that have any of the rows' identities, locked.</param>
    public BatchDrafts(IEnumerable<Card> cards, DateTimeOffset now)
    {
        _now = now;
        foreach (var card in cards)
        {
            var draft = new Draft(card.Id, card);
            _drafts.Add(draft);
            Own(draft);
        }
    }

    public IEnumerable<Draft> New => _drafts.Where(draft => draft.Before is null);

    public IEnumerable<Draft> Changed => _drafts.Where(draft => draft is { Before: not null, Origin: not null });

    /// <returns>The row's contact and what the row does to it, or why it does nothing.</returns>
    public (Draft? Draft, RowStatus Status, ProblemHttpResult? Problem) Apply(BatchRow row)
    {
        var matched = Match(row);
        if (matched.Count > 1)
        {
            return (null, RowStatus.Failed, Ambiguous(matched));
        }
        var draft = matched.Count == 1 ? matched[0] : new Draft(Guid.CreateVersion7(_now), null);
        var elsewhere = row.Given.Identities.Where(identity => OwnerOf(identity) is { } owner && owner != draft).ToList();
        if (elsewhere.Where(identity => !IsShared(identity)).ToList() is { Count: > 0 } refused)
        {
            return (null, RowStatus.Failed, CardProblems.Refused([.. refused.Select(identity => RefusalOf(draft, identity))]));
        }
        var state = row.ApplyTo(draft.State, row.Given.Identities.Except(elsewhere));
        if (Refuse(draft, state) is { } problem)
        {
            return (null, RowStatus.Failed, problem);
        }
        var status =
            matched.Count == 0 ? RowStatus.Created
            : FieldChange.Between(draft.State, state).Count > 0 ? RowStatus.Updated
            : RowStatus.Unchanged;
        if (status != RowStatus.Unchanged)
        {
            draft.State = state;
            draft.Origin = row.Origin;
            Own(draft);
        }
        if (matched.Count == 0)
        {
            _drafts.Add(draft);
        }
        return (draft, status, null);
    }

    /// <summary>Who has an identity that several people use is recognised by it only where nothing else says who it is.</summary>
    private List<Draft> Match(BatchRow row)
    {
        var known = row.Given.Identities.Where(identity => row.MatchesBy(identity) && OwnerOf(identity) is not null).ToList();
        var telling = known.Where(identity => !IsShared(identity)).ToList();
        return [.. (telling.Count > 0 ? telling : known).Select(identity => OwnerOf(identity)!).Distinct()];
    }

    private Draft? OwnerOf(Identity identity) => _owners.GetValueOrDefault((identity.Kind, identity.Value));

    private bool IsShared(Identity identity) => OwnerOf(identity)!.State.Identities.First(identity.IsSameAs).IsShared;

    private void Own(Draft draft)
    {
        foreach (var identity in draft.State.Identities)
        {
            _owners[(identity.Kind, identity.Value)] = draft;
        }
    }

    private static ProblemHttpResult? Refuse(Draft draft, ContactState after)
    {
        if (after.Identities.Count == 0)
        {
            return CardProblems.IdentityRequired();
        }
        if (draft.State.Tags.Contains(TagName.OptOut) != after.Tags.Contains(TagName.OptOut))
        {
            return OptOut.Protected();
        }
        var errors = new FieldErrors();
        foreach (var kind in after.Identities.CountBy(identity => identity.Kind).Where(kind => kind.Value > ContactFields.MaxPerKind))
        {
            var field = kind.Key == IdentityKinds.External ? "external_ids" : kind.Key + "s";
            errors.Add(field, $"{field}: with these the contact would have more than {ContactFields.MaxPerKind}.");
        }
        if (after.Tags.Count > ContactTags.MaxPerContact)
        {
            errors.Add("tags", $"tags: with these the contact would have more than {ContactTags.MaxPerContact}.");
        }
        return errors.Any ? errors.ToProblem() : null;
    }

    private RefusedIdentity RefusalOf(Draft draft, Identity identity) => new(draft.Id, identity.Kind, identity.Value, OwnerOf(identity)!.Id);

    private static ProblemHttpResult Ambiguous(List<Draft> matched)
    {
        Guid[] ids = [.. matched.Select(draft => draft.Id).Order()];
        var problem = Problem.Conflict(
            "ambiguous-identity",
            $"The row's identities belong to different contacts: {string.Join(", ", ids)}. Merge them, or say match_by."
        );
        problem.ProblemDetails.Extensions[RowProblem.ContactIdsMember] = ids;
        return problem;
    }
}
