using System.Text.Json;
using Contacts.CustomFields;
using Contacts.Tags;
using ServiceDefaults.Json;
using static Contacts.Cards.FieldReading;

namespace Contacts.Cards;

/// <summary>What a caller gave of a contact, checked and normalised: phones E.164, emails lower case, empty texts null.</summary>
internal sealed record ContactFields
{
    public const int MaxName = 200;
    public const int MaxNamePart = 100;
    public const int MaxCompany = 200;
    public const int MaxNotes = 10_000;
    public const int MaxPerKind = 20;

    public Optional<string> Phone { get; private init; }
    public Optional<IReadOnlyList<string>> Phones { get; private init; }
    public Optional<string> Email { get; private init; }
    public Optional<IReadOnlyList<string>> Emails { get; private init; }
    public Optional<IReadOnlyList<string>> ExternalIds { get; private init; }
    public Optional<string> Name { get; private init; }
    public Optional<string> FirstName { get; private init; }
    public Optional<string> LastName { get; private init; }
    public Optional<string> Company { get; private init; }
    public Optional<string> Notes { get; private init; }
    public Optional<string> Language { get; private init; }
    public Optional<string> TimeZone { get; private init; }
    public Optional<IReadOnlyList<TagName>> Tags { get; private init; }

    /// <summary>By key; null clears.</summary>
    public IReadOnlyDictionary<string, JsonElement?> CustomFields { get; private init; } = new Dictionary<string, JsonElement?>();

    /// <param name="defaultCountry">The workspace's, for phones in local format.</param>
    /// <param name="customFields">Those that the input gives values of (<see cref="FieldValues.FieldsOfAsync"/>).</param>
    /// <param name="errors">By field; empty where everything is right.</param>
    public static ContactFields Read(ContactInput input, string defaultCountry, IReadOnlyDictionary<string, CustomField> customFields, FieldErrors errors)
    {
        Refuse(input.Phone.IsGiven && input.Phones.IsGiven, "phones", "phones: give phone or phones, not both.");
        Refuse(input.Email.IsGiven && input.Emails.IsGiven, "emails", "emails: give email or emails, not both.");
        return new()
        {
            Phone = input.Phone.Map(text => ReadPhone(text, "phone", defaultCountry, errors)),
            Phones = input.Phones.Map(texts => ReadList(texts, "phones", (text, field) => ReadPhone(text, field, defaultCountry, errors))),
            Email = input.Email.Map(text => ReadEmail(text, "email", errors)),
            Emails = input.Emails.Map(texts => ReadList(texts, "emails", (text, field) => ReadEmail(text, field, errors))),
            ExternalIds = input.ExternalIds.Map(texts => ReadList(texts, "external_ids", (text, field) => ReadExternalId(text, field, errors))),
            Name = input.Name.Map(text => ReadLine(text, "name", MaxName, errors)),
            FirstName = input.FirstName.Map(text => ReadLine(text, "first_name", MaxNamePart, errors)),
            LastName = input.LastName.Map(text => ReadLine(text, "last_name", MaxNamePart, errors)),
            Company = input.Company.Map(text => ReadLine(text, "company", MaxCompany, errors)),
            Notes = input.Notes.Map(text => ReadText(text, "notes", MaxNotes, errors)),
            Language = input.Language.Map(text => ReadLanguage(text, "language", errors)),
            TimeZone = input.TimeZone.Map(text => ReadTimeZone(text, "time_zone", errors)),
            Tags = input.Tags.Map(texts => ReadTags(texts, errors)),
            CustomFields = FieldValues.Read(input.CustomFields.Value, customFields, errors),
        };

        void Refuse(bool isWrong, string field, string message)
        {
            if (isWrong)
            {
                errors.Add(field, message);
            }
        }

        IReadOnlyList<string> ReadList(IReadOnlyList<string>? texts, string field, Func<string?, string, string?> read)
        {
            Refuse(texts?.Count > MaxPerKind, field, $"{field}: at most {MaxPerKind}.");
            return [.. (texts ?? []).Take(MaxPerKind).Select((text, index) => read(text, $"{field}[{index}]")).OfType<string>().Distinct()];
        }
    }

    /// <returns>The state of a contact after these fields were written over <paramref name="present"/>.</returns>
    public ContactState ApplyTo(ContactState present)
    {
        var after = present with
        {
            Name = NameAfter(present.Name),
            Company = Company.Or(present.Company),
            Notes = Notes.Or(present.Notes),
            Language = Language.Or(present.Language),
            TimeZone = TimeZone.Or(present.TimeZone),
        };
        after = Apply(after, IdentityKinds.Phone, Phone, Phones);
        after = Apply(after, IdentityKinds.Email, Email, Emails);
        after = Apply(after, IdentityKinds.External, default, ExternalIds).WithCustomFields(CustomFields);
        return Tags.IsGiven ? after.WithTags(Tags.Value!) : after;
    }

    private static ContactState Apply(ContactState state, string kind, Optional<string> primary, Optional<IReadOnlyList<string>> all) =>
        all.IsGiven ? state.WithIdentities(kind, all.Value!)
        : primary.IsGiven ? state.WithPrimary(kind, primary.Value)
        : state;

    private PersonName NameAfter(PersonName present)
    {
        if (Name.IsGiven)
        {
            var name = PersonName.FromFull(Name.Value);
            return name with { First = FirstName.Or(name.First), Last = LastName.Or(name.Last) };
        }
        return FirstName.IsGiven || LastName.IsGiven ? PersonName.FromParts(FirstName.Or(present.First), LastName.Or(present.Last)) : present;
    }
}
