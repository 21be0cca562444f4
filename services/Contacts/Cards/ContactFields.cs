using Contacts.Tags;
using Identifiers;
using ServiceDefaults.Json;

namespace Contacts.Cards;

/// <summary>What a caller gave of a contact, checked and normalised: phones E.164, emails lower case, empty texts null.</summary>
internal sealed record ContactFields
{
    public const int MaxName = 200;
    public const int MaxNamePart = 100;
    public const int MaxCompany = 200;
    public const int MaxNotes = 10_000;

    public Optional<string> Phone { get; private init; }
    public Optional<string> Email { get; private init; }
    public Optional<string> Name { get; private init; }
    public Optional<string> FirstName { get; private init; }
    public Optional<string> LastName { get; private init; }
    public Optional<string> Company { get; private init; }
    public Optional<string> Notes { get; private init; }
    public Optional<IReadOnlyList<TagName>> Tags { get; private init; }

    /// <param name="defaultCountry">The workspace's, for phones in local format.</param>
    /// <param name="errors">By field; empty where everything is right.</param>
    public static ContactFields Read(ContactInput input, string defaultCountry, FieldErrors errors) =>
        new()
        {
            Phone = ReadPhone(input.Phone, defaultCountry, errors),
            Email = ReadEmail(input.Email, errors),
            Name = ReadLine(input.Name, "name", MaxName, errors),
            FirstName = ReadLine(input.FirstName, "first_name", MaxNamePart, errors),
            LastName = ReadLine(input.LastName, "last_name", MaxNamePart, errors),
            Company = ReadLine(input.Company, "company", MaxCompany, errors),
            Notes = ReadText(input.Notes, "notes", MaxNotes, errors),
            Tags = ReadTags(input.Tags, errors),
        };

    private static Optional<string> ReadPhone(Optional<string> given, string defaultCountry, FieldErrors errors)
    {
        if (string.IsNullOrWhiteSpace(given.Value))
        {
            return given.IsGiven ? new(null) : default;
        }
        // Some networks' own numbers are in no list yet; those that came in with a call must be accepted when they are sent back.
        if (PhoneNumber.TryParse(given.Value, defaultCountry, out var phone) || PhoneNumber.TryParseCallerId(given.Value, out phone))
        {
            return new(phone.E164);
        }
        errors.Add("phone", "phone: not a telephone number. Give it as E.164 (+16045551234) or as it is dialled in the workspace's country.", "invalid-phone");
        return default;
    }

    private static Optional<string> ReadEmail(Optional<string> given, FieldErrors errors)
    {
        if (string.IsNullOrWhiteSpace(given.Value))
        {
            return given.IsGiven ? new(null) : default;
        }
        if (EmailAddress.TryParse(given.Value, out var email))
        {
            return new(email.Value);
        }
        errors.Add("email", "email: not an email address.", "invalid-email");
        return default;
    }

    /// <summary>A text of one line: line breaks and runs of blanks become one blank.</summary>
    private static Optional<string> ReadLine(Optional<string> given, string field, int maxLength, FieldErrors errors)
    {
        var read = ReadText(given, field, maxLength, errors);
        return read.Value is null ? read : new(string.Join(' ', read.Value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));
    }

    private static Optional<string> ReadText(Optional<string> given, string field, int maxLength, FieldErrors errors)
    {
        if (string.IsNullOrWhiteSpace(given.Value))
        {
            return given.IsGiven ? new(null) : default;
        }
        if (given.Value.Length > maxLength)
        {
            errors.Add(field, $"{field}: at most {maxLength} characters.");
            return default;
        }
        if (given.Value.Contains('\0', StringComparison.Ordinal) || !Utf16.IsWellFormed(given.Value))
        {
            errors.Add(field, $"{field}: contains a character that cannot be stored (U+0000 or half a surrogate pair).");
            return default;
        }
        return given;
    }

    private static Optional<IReadOnlyList<TagName>> ReadTags(Optional<IReadOnlyList<string>> given, FieldErrors errors)
    {
        if (!given.IsGiven)
        {
            return default;
        }
        var names = new List<TagName>();
        foreach (var text in given.Value ?? [])
        {
            if (!TagName.TryParse(text, out var name))
            {
                errors.Add("tags", $"tags: a tag takes 1 to {TagName.MaxLength} characters in one line, without commas.", "invalid-tag");
                return default;
            }
            names.Add(name);
        }
        names = [.. names.Distinct()];
        if (names.Count > ContactTags.MaxPerContact)
        {
            errors.Add("tags", $"tags: at most {ContactTags.MaxPerContact}.");
        }
        return new(names);
    }
}
