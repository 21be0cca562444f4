using Contacts.Tags;
using Identifiers;
using ServiceDefaults.Json;

namespace Contacts.Cards;

/// <summary>Checks and normalises one value that a caller gave. What is wrong goes to the errors; empty text is null, which clears.</summary>
internal static class FieldReading
{
    public static string? ReadPhone(string? given, string field, string defaultCountry, FieldErrors errors)
    {
        if (string.IsNullOrWhiteSpace(given))
        {
            return null;
        }
        // Some networks' own numbers are in no list yet; those that came in with a call must be accepted when they are sent back.
        if (PhoneNumber.TryParse(given, defaultCountry, out var phone) || PhoneNumber.TryParseCallerId(given, out phone))
        {
            return phone.E164;
        }
        errors.Add(field, $"{field}: not a telephone number. Give it as E.164 (+16045551234) or as it is dialled in the workspace's country.", "invalid-phone");
        return null;
    }

    public static string? ReadEmail(string? given, string field, FieldErrors errors)
    {
        if (string.IsNullOrWhiteSpace(given))
        {
            return null;
        }
        if (EmailAddress.TryParse(given, out var email))
        {
            return email.Value;
        }
        errors.Add(field, $"{field}: not an email address.", "invalid-email");
        return null;
    }

    public static string? ReadExternalId(string? given, string field, FieldErrors errors)
    {
        if (string.IsNullOrWhiteSpace(given))
        {
            return null;
        }
        if (ExternalId.TryParse(given, out var id))
        {
            return id.Value;
        }
        errors.Add(field, $"{field}: an id in another system is written system:id, hubspot:123.", "invalid-external-id");
        return null;
    }

    public static string? ReadLanguage(string? given, string field, FieldErrors errors)
    {
        if (string.IsNullOrWhiteSpace(given))
        {
            return null;
        }
        if (LanguageTag.TryParse(given, out var language))
        {
            return language.Value;
        }
        errors.Add(field, $"{field}: not a language. Give a BCP 47 tag: en, fr-CA, zh-Hant.", "invalid-language");
        return null;
    }

    public static string? ReadTimeZone(string? given, string field, FieldErrors errors)
    {
        if (string.IsNullOrWhiteSpace(given))
        {
            return null;
        }
        if (TimeZoneName.TryParse(given, out var zone))
        {
            return zone.Value;
        }
        errors.Add(field, $"{field}: not a time zone. Give an IANA name: America/Vancouver.", "invalid-time-zone");
        return null;
    }

    /// <summary>A text of one line: line breaks and runs of blanks become one blank.</summary>
    public static string? ReadLine(string? given, string field, int maxLength, FieldErrors errors) =>
        ReadText(given, field, maxLength, errors) is { } text ? string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)) : null;

    public static string? ReadText(string? given, string field, int maxLength, FieldErrors errors)
    {
        if (string.IsNullOrWhiteSpace(given))
        {
            return null;
        }
        if (given.Length > maxLength)
        {
            errors.Add(field, $"{field}: at most {maxLength} characters.");
            return null;
        }
        if (given.Contains('\0', StringComparison.Ordinal) || !Utf16.IsWellFormed(given))
        {
            errors.Add(field, $"{field}: contains a character that cannot be stored (U+0000 or half a surrogate pair).");
            return null;
        }
        return given;
    }

    public static IReadOnlyList<TagName> ReadTags(IReadOnlyList<string>? given, FieldErrors errors)
    {
        var names = new List<TagName>();
        foreach (var text in given ?? [])
        {
            if (!TagName.TryParse(text, out var name))
            {
                errors.Add("tags", $"tags: a tag takes 1 to {TagName.MaxLength} characters in one line, without commas.", "invalid-tag");
                return [];
            }
            names.Add(name);
        }
        names = [.. names.Distinct()];
        if (names.Count > ContactTags.MaxPerContact)
        {
            errors.Add("tags", $"tags: at most {ContactTags.MaxPerContact}.");
        }
        return names;
    }

    /// <summary>Reads what was given, and leaves alone what was not.</summary>
    public static Optional<TRead> Map<TGiven, TRead>(this Optional<TGiven> given, Func<TGiven?, TRead?> read) =>
        given.IsGiven ? new(read(given.Value)) : default;
}
