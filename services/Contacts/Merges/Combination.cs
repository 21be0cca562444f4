using System.Text.Json;
using Contacts.Cards;
using Contacts.Tags;
using ServiceDefaults.Json;

namespace Contacts.Merges;

/// <summary>
/// What two contacts become. Of one-valued fields the survivor's own value holds, or the absorbed one's where the survivor has none or only a captured one; notes of both are
/// joined; of all that a contact has several of, both sides' are kept, among them the tags that restrict contact: the most restrictive consent holds whatever was chosen.
/// </summary>
/// <param name="Taken">One-valued fields whose value is the absorbed contact's.</param>
/// <param name="Excess">What is more than one contact can hold, by field.</param>
internal sealed record Combination(
    ContactState State,
    IReadOnlyList<MergedField> Fields,
    IReadOnlyList<string> Taken,
    IReadOnlyDictionary<string, string[]> Excess
)
{
    private static readonly (string Field, string Kind)[] Lists =
    [
        ("phones", IdentityKinds.Phone),
        ("emails", IdentityKinds.Email),
        ("external_ids", IdentityKinds.External),
        ("chat_visitors", IdentityKinds.ChatVisitor),
    ];

    public static Combination Of(MergePair pair, FieldSources sources, IReadOnlyDictionary<string, MergeChoice> choices)
    {
        var (survivor, absorbed) = (pair.Survivor.State, pair.Absorbed.State);
        var state = survivor;
        var fields = new List<MergedField>();
        foreach (var field in OneValued.Of(survivor, absorbed).Where(field => !OneValued.IsEmpty(survivor, field) || !OneValued.IsEmpty(absorbed, field)))
        {
            var (wins, why) = Decide(pair, field, sources, choices);
            state = wins switch
            {
                MergeChoice.Absorbed => OneValued.Copy(state, absorbed, field),
                MergeChoice.Both => state with { Notes = $"{survivor.Notes}\n\n{absorbed.Notes}" },
                _ => state,
            };
            fields.Add(new(field, OneValued.Read(survivor, field), OneValued.Read(absorbed, field), OneValued.Read(state, field), wins, why));
        }
        string[] taken = [.. fields.Where(field => field.Wins == MergeChoice.Absorbed).Select(field => field.Field)];
        state = UniteIdentities(state, absorbed, choices).WithTags(survivor.Tags.Concat(absorbed.Tags));
        AddPrimaries(fields, survivor, absorbed, state, choices);
        AddLists(fields, survivor, absorbed, state);
        return new(state, fields, taken, ExcessOf(state));
    }

    private static (MergeChoice Wins, MergeReason Why) Decide(
        MergePair pair,
        string field,
        FieldSources sources,
        IReadOnlyDictionary<string, MergeChoice> choices
    )
    {
        var (survivor, absorbed) = (pair.Survivor.State, pair.Absorbed.State);
        if (OneValued.AreEqual(survivor, absorbed, field))
        {
            return (MergeChoice.Survivor, MergeReason.Equal);
        }
        var isOneEmpty = OneValued.IsEmpty(survivor, field) || OneValued.IsEmpty(absorbed, field);
        if (choices.TryGetValue(field, out var choice) && !(choice == MergeChoice.Both && isOneEmpty))
        {
            return (choice, MergeReason.Chosen);
        }
        if (isOneEmpty)
        {
            return (OneValued.IsEmpty(survivor, field) ? MergeChoice.Absorbed : MergeChoice.Survivor, MergeReason.OnlyOne);
        }
        if (field == OneValued.Notes)
        {
            return (MergeChoice.Both, MergeReason.Joined);
        }
        return sources.IsCaptured(pair.Survivor, field) == sources.IsCaptured(pair.Absorbed, field) ? (MergeChoice.Survivor, MergeReason.SurvivorFirst)
            : sources.IsCaptured(pair.Survivor, field) ? (MergeChoice.Absorbed, MergeReason.EnteredOverCaptured)
            : (MergeChoice.Survivor, MergeReason.EnteredOverCaptured);
    }

    /// <summary>The survivor's primary ones stay primary, unless the absorbed contact's was chosen.</summary>
    private static ContactState UniteIdentities(ContactState state, ContactState absorbed, IReadOnlyDictionary<string, MergeChoice> choices) =>
        absorbed.Identities.Aggregate(
            state,
            (united, identity) =>
                united.With(
                    identity.Kind,
                    identity.Value,
                    identity.IsPrimary && MergeChoices.Primaries.Contains(identity.Kind) && choices.GetValueOrDefault(identity.Kind) == MergeChoice.Absorbed,
                    identity.IsShared
                )
        );

    private static void AddPrimaries(
        List<MergedField> fields,
        ContactState survivor,
        ContactState absorbed,
        ContactState united,
        IReadOnlyDictionary<string, MergeChoice> choices
    )
    {
        foreach (var kind in MergeChoices.Primaries)
        {
            var (own, others, result) = (survivor.PrimaryOf(kind), absorbed.PrimaryOf(kind), united.PrimaryOf(kind));
            if (result is null)
            {
                continue;
            }
            var why =
                own is null || others is null ? MergeReason.OnlyOne
                : choices.ContainsKey(kind) ? MergeReason.Chosen
                : MergeReason.SurvivorFirst;
            fields.Add(new(kind, ToJson(own), ToJson(others), ToJson(result), result == own ? MergeChoice.Survivor : MergeChoice.Absorbed, why));
        }
    }

    private static void AddLists(List<MergedField> fields, ContactState survivor, ContactState absorbed, ContactState united)
    {
        foreach (var (field, kind) in Lists)
        {
            Add(field, state => [.. state.ValuesOf(kind)]);
        }
        Add("tags", state => [.. state.Tags.Select(tag => tag.Text)]);

        void Add(string field, Func<ContactState, string[]> read)
        {
            if (read(united).Length > 0)
            {
                fields.Add(new(field, ToJson(read(survivor)), ToJson(read(absorbed)), ToJson(read(united)), MergeChoice.Both, MergeReason.United));
            }
        }
    }

    private static Dictionary<string, string[]> ExcessOf(ContactState state)
    {
        var excess = new Dictionary<string, string[]>();
        Check("notes", state.Notes?.Length ?? 0, ContactFields.MaxNotes, "characters; choose one of them");
        Check("tags", state.Tags.Count, ContactTags.MaxPerContact, "tags; take some off first");
        foreach (var (field, kind) in Lists)
        {
            Check(field, state.ValuesOf(kind).Count(), ContactFields.MaxPerKind, "of them; take some off first");
        }
        return excess;

        void Check(string field, int count, int max, string what)
        {
            if (count > max)
            {
                excess[field] = [$"{field}: {count}, and a contact holds at most {max} {what}."];
            }
        }
    }

    private static JsonElement? ToJson<T>(T? value) => value is null ? null : JsonSerializer.SerializeToElement(value, ApiJson.Options);
}
