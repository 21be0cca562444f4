using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Identifiers;

namespace Contacts.CustomFields;

/// <summary>
/// Reads a value of a custom field from text that was written for people: a cell of a file, a word of a conversation, a parameter of a query. Only what can mean one thing
/// is read: 3/4/2026 is no date, 1,5 no number.
/// </summary>
internal static partial class FieldText
{
    private static readonly string[] Dates = ["yyyy-MM-dd", "yyyy/MM/dd", "yyyyMMdd", "MMM d, yyyy", "MMMM d, yyyy", "d MMM yyyy", "d MMMM yyyy"];
    private static readonly HashSet<string> Yes = ["yes", "y", "true", "t", "1", "on"];
    private static readonly HashSet<string> No = ["no", "n", "false", "f", "0", "off"];

    /// <param name="value">The value to store; null where the text is blank.</param>
    /// <returns>Whether the text is blank or a value of the field.</returns>
    public static bool TryReadText(CustomField field, string? text, out JsonElement? value)
    {
        value = null;
        var trimmed = text?.Trim() ?? "";
        if (trimmed.Length == 0)
        {
            return true;
        }
        if (trimmed.Length > FieldValue.MaxText || trimmed.Contains('\0', StringComparison.Ordinal) || !Utf16.IsWellFormed(trimmed))
        {
            return false;
        }
        if (field.Type == CustomFieldType.MultiChoice)
        {
            return TryReadChoices(field, trimmed, out value);
        }
        value = field.Type switch
        {
            CustomFieldType.Text => FieldValue.Json(trimmed),
            CustomFieldType.Number => ReadNumber(trimmed),
            CustomFieldType.Date => ReadDate(trimmed),
            CustomFieldType.YesNo => ReadYesNo(trimmed.ToLowerInvariant()),
            CustomFieldType.Choice => field.ChoiceOf(trimmed) is { } choice ? FieldValue.Json(choice) : null,
            CustomFieldType.Link => ReadLink(trimmed),
            _ => throw new ArgumentOutOfRangeException(nameof(field), field.Type, null),
        };
        return value is not null;
    }

    /// <summary>Commas between groups of three digits are left out; others have a meaning that depends on the country.</summary>
    private static JsonElement? ReadNumber(string text) =>
        PlainNumber().IsMatch(text) ? FieldValue.ReadNumber(text)
        : GroupedNumber().IsMatch(text) ? FieldValue.ReadNumber(text.Replace(",", "", StringComparison.Ordinal))
        : null;

    private static JsonElement? ReadDate(string text)
    {
        // Of a time only the day is taken, as it is written.
        var day = TimeOfDay().Replace(text, "");
        return DateOnly.TryParseExact(day, Dates, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? FieldValue.Json(date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))
            : null;
    }

    private static JsonElement? ReadYesNo(string text) =>
        Yes.Contains(text) ? FieldValue.Json(true)
        : No.Contains(text) ? FieldValue.Json(false)
        : null;

    /// <summary>A choice may itself contain what separates others, so the whole text is looked at first.</summary>
    private static bool TryReadChoices(CustomField field, string text, out JsonElement? value)
    {
        const StringSplitOptions Parts = StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries;
        return FieldValue.TryReadChoices(field, [text], out value)
            || FieldValue.TryReadChoices(field, text.Split(';', Parts), out value)
            || FieldValue.TryReadChoices(field, text.Split([',', ';', '\n'], Parts), out value);
    }

    private static JsonElement? ReadLink(string text)
    {
        var link = text.Contains("://", StringComparison.Ordinal) || !BareHost().IsMatch(text) ? text : "https://" + text;
        return FieldValue.IsLink(link) && link.Length <= FieldValue.MaxText ? FieldValue.Json(link) : null;
    }

    [GeneratedRegex(@"^[+-]?\d+(\.\d+)?$", RegexOptions.ECMAScript)]
    private static partial Regex PlainNumber();

    [GeneratedRegex(@"^[+-]?\d{1,3}(,\d{3})+(\.\d+)?$", RegexOptions.ECMAScript)]
    private static partial Regex GroupedNumber();

    [GeneratedRegex(@"(?<=^\d{4}-\d\d-\d\d)[T ]\d\d:\d\d(:\d\d(\.\d+)?)? ?(Z|[+-]\d\d:?\d\d)?$", RegexOptions.CultureInvariant)]
    private static partial Regex TimeOfDay();

    [GeneratedRegex(@"^[\p{L}\p{N}-]+(\.[\p{L}\p{N}-]+)*\.\p{L}{2,}(:\d+)?([/?#].*)?$", RegexOptions.CultureInvariant)]
    private static partial Regex BareHost();
}
