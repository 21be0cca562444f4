using System.Text;
using Contacts.Cards;
using Identifiers;

namespace Contacts.CustomFields;

/// <summary>The choices of a field, checked: at most 200 of 1 to 100 characters in one line, none twice whatever its case.</summary>
internal static class ChoiceList
{
    public const int Max = 200;
    public const int MaxLength = 100;

    /// <param name="field">The request's field, for the errors.</param>
    public static IReadOnlyList<string> Read(IReadOnlyList<string>? given, string field, FieldErrors errors)
    {
        if (given is null or { Count: 0 or > Max })
        {
            errors.Add(field, $"{field}: a field of this type takes 1 to {Max} choices.");
            return [];
        }
        var choices = new List<string>();
        foreach (var text in given)
        {
            if (ReadOne(text, field, errors) is { } choice)
            {
                choices.Add(choice);
            }
        }
        RefuseTwins(choices, field, errors);
        return choices;
    }

    public static string? ReadOne(string? given, string field, FieldErrors errors)
    {
        var text =
            given is not null && Utf16.IsWellFormed(given)
                ? string.Join(' ', given.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).Normalize(NormalizationForm.FormC)
                : "";
        if (text.Length is > 0 and <= MaxLength && !text.Any(char.IsControl))
        {
            return text;
        }
        errors.Add(field, $"{field}: a choice takes 1 to {MaxLength} characters in one line.");
        return null;
    }

    public static void RefuseTwins(IReadOnlyList<string> choices, string field, FieldErrors errors)
    {
        if (choices.DistinctBy(SearchKey.Of).Count() < choices.Count)
        {
            errors.Add(field, $"{field}: each choice once, whatever its case.");
        }
    }
}
