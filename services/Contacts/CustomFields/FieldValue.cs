using System.Globalization;
using System.Text.Json;
using Identifiers;

namespace Contacts.CustomFields;

/// <summary>Checks a value of a custom field and brings it into the one form in which it is stored.</summary>
internal static class FieldValue
{
    public const int MaxText = 2_000;

    private const int MaxDigits = 15;
    private const decimal TooLarge = 1_000_000_000_000_000m;

    /// <summary>So that all 15 digits find room in a decimal.</summary>
    private const decimal Smallest = 0.0000000000001m;

    /// <param name="value">The value to store; null where the one given is empty, which clears.</param>
    /// <returns>What the value has to be; null where it is so.</returns>
    public static string? Read(CustomField field, JsonElement given, out JsonElement? value)
    {
        value = null;
        var text = TextOf(given);
        if (given.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined || text?.Trim().Length == 0)
        {
            return null;
        }
        if (field.Type == CustomFieldType.MultiChoice && given.ValueKind == JsonValueKind.Array)
        {
            return TryReadChoices(field, [.. given.EnumerateArray().Select(TextOf)], out value) ? null : Expected(field);
        }
        value = field.Type switch
        {
            CustomFieldType.Text when text is not null => Json(text),
            CustomFieldType.Number when given.ValueKind == JsonValueKind.Number => ReadNumber(given.GetRawText()),
            CustomFieldType.Date when IsDate(text) => Json(text),
            CustomFieldType.YesNo when given.ValueKind is JsonValueKind.True or JsonValueKind.False => given,
            CustomFieldType.Choice when text is not null && field.ChoiceOf(text) is { } choice => Json(choice),
            CustomFieldType.Link when IsLink(text) => Json(text.Trim()),
            _ => null,
        };
        return value is null ? Expected(field) : null;
    }

    /// <summary>Does not repeat what was given: it may be a person's.</summary>
    public static string Expected(CustomField field) =>
        field.Type switch
        {
            CustomFieldType.Text => $"a text of at most {MaxText} characters, without U+0000",
            CustomFieldType.Number => $"a number of at most {MaxDigits} significant digits, between -10^15 and 10^15",
            CustomFieldType.Date => "a date of the calendar, yyyy-MM-dd",
            CustomFieldType.YesNo => "true or false",
            CustomFieldType.Choice => "one of the field's choices",
            CustomFieldType.MultiChoice => "an array of the field's choices",
            CustomFieldType.Link => $"an absolute http or https address of at most {MaxText} characters",
            _ => throw new ArgumentOutOfRangeException(nameof(field), field.Type, null),
        };

    /// <returns>The number without an exponent and without zeros that say nothing, as PostgreSQL gives it back too; null where it has more digits than can be kept.</returns>
    public static JsonElement? ReadNumber(string text)
    {
        if (!decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
        {
            return null;
        }
        var significant = string.Concat(text.Split('e', 'E')[0].Where(char.IsAsciiDigit)).Trim('0');
        if (significant.Length == 0)
        {
            return Json(0);
        }
        return significant.Length <= MaxDigits && Math.Abs(number) is >= Smallest and < TooLarge
            ? JsonSerializer.Deserialize<JsonElement>(number.ToString("0.############################", CultureInfo.InvariantCulture))
            : null;
    }

    /// <summary>Each choice once, in the field's order; none at all clears.</summary>
    public static bool TryReadChoices(CustomField field, IReadOnlyList<string?> texts, out JsonElement? value)
    {
        value = null;
        if (texts.Count > ChoiceList.Max)
        {
            return false;
        }
        var chosen = texts.Select(text => text is null ? null : field.ChoiceOf(text)).ToHashSet();
        if (chosen.Contains(null))
        {
            return false;
        }
        value = chosen.Count == 0 ? null : Json(field.Choices.Where(chosen.Contains));
        return true;
    }

    public static bool IsLink([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] string? text) =>
        Uri.TryCreate(text?.Trim(), UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps)
        && uri.Host.Length > 0
        && !text!.Trim().Any(character => char.IsWhiteSpace(character) || char.IsControl(character) || character is '"' or '<' or '>' or '\\');

    public static JsonElement Json<T>(T value) => JsonSerializer.SerializeToElement(value);

    private static bool IsDate(string? text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    /// <returns>Null for what is no string, is too long or cannot be stored.</returns>
    private static string? TextOf(JsonElement given)
    {
        try
        {
            return
                given.ValueKind == JsonValueKind.String
                && given.GetString() is { Length: <= MaxText } text
                && !text.Contains('\0', StringComparison.Ordinal)
                && Utf16.IsWellFormed(text)
                ? text
                : null;
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair, written as an escape.
            return null;
        }
    }
}
