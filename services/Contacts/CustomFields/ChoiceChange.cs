using Contacts.Cards;

namespace Contacts.CustomFields;

/// <summary>How a field's choices change, and what that makes of the values that contacts have.</summary>
/// <param name="After">The choices from now on, in their order.</param>
/// <param name="Values">What becomes of each present choice; null: it goes.</param>
internal sealed record ChoiceChange(IReadOnlyList<string> After, IReadOnlyList<(string Before, string? After)> Values)
{
    public IEnumerable<string> Removed => Values.Where(value => value.After is null).Select(value => value.Before);

    public IEnumerable<(string Before, string? After)> Changed => Values.Where(value => value.Before != value.After);

    /// <summary>New names come first, then the list: what is on it no more goes, and what it spells otherwise is respelled.</summary>
    public static ChoiceChange Read(CustomField field, UpdateCustomFieldRequest request, FieldErrors errors)
    {
        var names = field.Choices.ToDictionary(choice => choice);
        foreach (var (before, after) in request.RenamedChoices ?? new Dictionary<string, string>())
        {
            if (field.ChoiceOf(before) is not { } choice)
            {
                errors.Add("renamed_choices", "renamed_choices: the field has no choice of one of these names.");
            }
            else if (ChoiceList.ReadOne(after, "renamed_choices", errors) is { } name)
            {
                names[choice] = name;
            }
        }
        IReadOnlyList<string> renamed = [.. field.Choices.Select(choice => names[choice])];
        ChoiceList.RefuseTwins(renamed, "renamed_choices", errors);
        var list = request.Choices is null ? renamed : ChoiceList.Read(request.Choices, "choices", errors);
        var spelling = list.DistinctBy(SearchKey.Of).ToDictionary(choice => SearchKey.Of(choice)!);
        return new(list, [.. field.Choices.Select(choice => (choice, spelling.GetValueOrDefault(SearchKey.Of(names[choice])!)))]);
    }
}
