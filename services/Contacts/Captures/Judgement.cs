using Contacts.Cards;

namespace Contacts.Captures;

/// <summary>
/// What becomes of the values that were said of one contact. A value that somebody entered is never overwritten: what differs from it waits as a suggestion. Among the
/// values that nobody but the product entered, the first that the person typed into a form stands, before the last that was heard; of a name the fuller form of the one
/// that stands. A phone or email is filled where the contact has none of the kind: the first one said; it never leaves the contact that has it.
/// The outcome depends on what was said and when, not on the order in which it is heard of.
/// </summary>
internal sealed class Judgement(Card card, CardProvenance provenance, IReadOnlyList<CapturedValue> said, IReadOnlySet<(string Field, string Key)> news)
{
    private readonly List<(Func<ContactState, ContactState> Change, Origin Origin)> _steps = [];
    private readonly Dictionary<Guid, string> _statuses = [];
    private ContactState _state = card.State;

    public IReadOnlyList<(Func<ContactState, ContactState> Change, Origin Origin)> Steps => _steps;

    public List<(CapturedValue Value, Guid OwnerId)> Claims { get; } = [];

    /// <summary>Of the values whose status changes. What was rejected stays so; what was accepted can only come to wait again.</summary>
    public IEnumerable<(Guid Id, string Status)> Statuses =>
        from value in said
        let status = _statuses.GetValueOrDefault(value.Id, value.Status)
        where status != value.Status && value.Status != CapturedValue.Rejected && (value.Status, status) != (CapturedValue.Accepted, CapturedValue.Closed)
        select (value.Id, status);

    /// <param name="owners">Whose the phones and emails are; what is filled here is added.</param>
    public static Judgement Of(
        Card card,
        CardProvenance provenance,
        IReadOnlyList<CapturedValue> said,
        IReadOnlySet<(string Field, string Key)> news,
        Dictionary<(string Kind, string Value), Guid> owners
    )
    {
        var judgement = new Judgement(card, provenance, said, news);
        var fields = news.Select(one => one.Field == CapturedFields.LastName ? CapturedFields.Name : one.Field).Distinct().Order(StringComparer.Ordinal);
        foreach (var field in fields)
        {
            if (CapturedFields.IsIdentity(field))
            {
                judgement.JudgeIdentities(field, owners);
            }
            else
            {
                judgement.JudgeField(field);
            }
        }
        return judgement;
    }

    public void Add(Func<ContactState, ContactState> change, Origin origin)
    {
        _state = change(_state);
        if (_steps.Count > 0 && _steps[^1].Origin == origin)
        {
            var (first, _) = _steps[^1];
            _steps[^1] = (state => change(first(state)), origin);
            return;
        }
        _steps.Add((change, origin));
    }

    private void JudgeField(string field)
    {
        var set = provenance.Of(field);
        var present = CapturedFields.ValueOf(_state, field);
        var values = ValuesOf(field).Where(value => value.Status != CapturedValue.Rejected).ToList();
        if (present is not null && !IsCaptured(set))
        {
            // What was accepted and changed since is suggested again only if it is said again.
            var open = values.Where(value => IsNews(value) && (value.Status != CapturedValue.Accepted || value.SaidAt > set.At));
            open.ToList().ForEach(value => Decide(value, IsCovered(value)));
            return;
        }
        if (present is null && provenance.WasChanged(field))
        {
            // Somebody cleared it: what was said before that does not come back.
            values.RemoveAll(value => value.SaidAt <= set.At);
        }
        else if (present is not null && values.TrueForAll(value => value.IsNew))
        {
            values.Add(Present(field, present, set));
        }
        if (values.Count == 0)
        {
            return;
        }
        var (change, causes) = Standing(field, values);
        if (change(_state) != _state)
        {
            Add(change, (causes.FirstOrDefault(IsNews) ?? causes[0]).Origin);
        }
        var isTyped = values.Any(value => value.IsForm);
        values.ForEach(value => Decide(value, isTyped is false || IsCovered(value)));
    }

    /// <returns>The value that stands, and what it is made of.</returns>
    private static (Func<ContactState, ContactState> Change, IReadOnlyList<CapturedValue> Causes) Standing(string field, List<CapturedValue> values)
    {
        values.Sort(ByRank);
        var first = values.FirstOrDefault(value => value.Field == field);
        if (field != CapturedFields.Name)
        {
            return (state => CapturedFields.Apply(state, field, first!.Value), [first!]);
        }
        var name = PersonName.FromFull(first?.Value);
        var fuller = values.FirstOrDefault(value => value.Field == field && IsFuller(PersonName.FromFull(value.Value), name));
        name = fuller is null ? name : PersonName.FromFull(fuller.Value);
        var last = name.Last is null ? values.FirstOrDefault(value => value.Field == CapturedFields.LastName) : null;
        name = last is null ? name : PersonName.FromParts(name.First, last.Value);
        return (state => state with { Name = name }, [.. new[] { last, fuller, first }.OfType<CapturedValue>()]);
    }

    private void JudgeIdentities(string kind, Dictionary<(string Kind, string Value), Guid> owners)
    {
        foreach (
            var value in ValuesOf(kind)
                .Where(IsNews)
                .Where(value => value.Status != CapturedValue.Rejected)
                .OrderBy(value => value.FirstSaidAt)
                .ThenBy(value => value.Key, StringComparer.Ordinal)
        )
        {
            var present = _state.Identities.Where(identity => identity.Kind == kind).ToList();
            if (owners.TryGetValue((kind, value.Value), out var owner))
            {
                if (owner != card.Id)
                {
                    Claims.Add((value, owner));
                }
                Decide(value, isSettled: true);
            }
            else if (present.Count == 0)
            {
                Fill(value, owners);
            }
            else if (present.Count == 1 && IsLaterThan(value, present[0]))
            {
                Fill(value, owners, present[0].Value);
                ValuesOf(kind).Where(other => other.Value == present[0].Value).ToList().ForEach(other => Decide(other, isSettled: false));
            }
            else
            {
                Decide(value, isSettled: false);
            }
        }
    }

    private void Fill(CapturedValue value, Dictionary<(string Kind, string Value), Guid> owners, string? inPlaceOf = null)
    {
        owners[(value.Field, value.Value)] = card.Id;
        Add(
            state => (inPlaceOf is null ? state : state.Without(value.Field, inPlaceOf)).With(value.Field, value.Value, isPrimary: true, isShared: false),
            value.Origin
        );
        Decide(value, isSettled: true);
    }

    /// <summary>Whether the identity was captured too, and said after the value.</summary>
    private bool IsLaterThan(CapturedValue value, Identity identity)
    {
        var set = provenance.Of(identity);
        var since = ValuesOf(identity.Kind).FirstOrDefault(other => other.Value == identity.Value)?.FirstSaidAt ?? set.At;
        return IsCaptured(set) && (since, identity.Value).CompareTo((value.FirstSaidAt, value.Value)) > 0;
    }

    private IEnumerable<CapturedValue> ValuesOf(string field) =>
        said.Where(value => value.Field == field || (field == CapturedFields.Name && value.Field == CapturedFields.LastName));

    private bool IsNews(CapturedValue value) => news.Contains((value.Field, value.Key));

    private bool IsCovered(CapturedValue value) => CapturedFields.Covers(_state, value.Field, value.Value);

    private void Decide(CapturedValue value, bool isSettled) => _statuses[value.Id] = isSettled ? CapturedValue.Closed : CapturedValue.Open;

    private static bool IsCaptured(FieldProvenance set) => set.Source == "agent" || (set.Source == "system" && set.Actor == Capture.Form.Id);

    private static bool IsFuller(PersonName name, PersonName than) => than.Last is null && name.Last is not null && CapturedFields.Covers(name, than);

    /// <summary>One that an agent set by other means than a capture.</summary>
    private static CapturedValue Present(string field, string value, FieldProvenance set) =>
        new()
        {
            Field = field,
            Key = CapturedFields.KeyOf(field, value),
            Value = value,
            IsForm = set.Actor == Capture.Form.Id,
            Source = set.Source,
            ActorId = set.Actor,
            FirstSaidAt = set.At,
            SaidAt = set.At,
        };

    private static int ByRank(CapturedValue left, CapturedValue right) =>
        (left.IsForm, right.IsForm) switch
        {
            (true, false) => -1,
            (false, true) => 1,
            (true, true) when left.FirstSaidAt != right.FirstSaidAt => left.FirstSaidAt.CompareTo(right.FirstSaidAt),
            (false, false) when left.SaidAt != right.SaidAt => right.SaidAt.CompareTo(left.SaidAt),
            _ => string.CompareOrdinal(left.Key, right.Key),
        };
}
