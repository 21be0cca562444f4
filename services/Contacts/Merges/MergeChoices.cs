using Contacts.Cards;

namespace Contacts.Merges;

/// <summary>Which value a caller wants of the fields that can hold only one.</summary>
internal static class MergeChoices
{
    public static readonly IReadOnlyDictionary<string, MergeChoice> None = new Dictionary<string, MergeChoice>();

    /// <summary>Kinds of identities of which the caller may choose the primary one; the names are those of the contact's fields too.</summary>
    public static readonly IReadOnlyList<string> Primaries = [IdentityKinds.Phone, IdentityKinds.Email];

    public static void Check(IReadOnlyDictionary<string, MergeChoice> choices, MergePair pair, FieldErrors errors)
    {
        string[] fields = [.. OneValued.Of(pair.Survivor.State, pair.Absorbed.State), .. Primaries];
        foreach (var (field, choice) in choices)
        {
            if (!fields.Contains(field))
            {
                errors.Add($"choices.{field}", $"choices.{field}: neither contact has such a field, or there is nothing to choose: all of both is kept.");
            }
            else if (choice == MergeChoice.Both && field != OneValued.Notes)
            {
                errors.Add($"choices.{field}", $"choices.{field}: survivor or absorbed; only notes can be both.");
            }
        }
    }
}
