using System.Security.Cryptography;
using System.Text;
using Contacts.Cards;

namespace Contacts.Captures;

/// <summary>The fields that can be captured, and how a value of each is read and compared.</summary>
internal static class CapturedFields
{
    public const string Name = "name";
    public const string FirstName = "first_name";
    public const string LastName = "last_name";
    public const string Company = "company";
    public const string Language = "language";
    public const string TimeZone = "time_zone";

    private const int MaxKey = 200;

    /// <returns>The value as it is stored; null where it is not one.</returns>
    public static string? Read(string field, string? given, string defaultCountry)
    {
        var errors = new FieldErrors();
        var value = field switch
        {
            Name => FieldReading.ReadLine(given, field, ContactFields.MaxName, errors),
            FirstName or LastName => FieldReading.ReadLine(given, field, ContactFields.MaxNamePart, errors),
            Company => FieldReading.ReadLine(given, field, ContactFields.MaxCompany, errors),
            Language => FieldReading.ReadLanguage(given, field, errors),
            TimeZone => FieldReading.ReadTimeZone(given, field, errors),
            IdentityKinds.Phone => FieldReading.ReadPhone(given, field, defaultCountry, errors),
            IdentityKinds.Email => FieldReading.ReadEmail(given, field, errors),
            _ => null,
        };
        return errors.Any ? null : value;
    }

    public static bool IsIdentity(string field) => field is IdentityKinds.Phone or IdentityKinds.Email;

    /// <summary>Two values of one field are the same where their keys are. Short enough for an index.</summary>
    public static string KeyOf(string field, string value)
    {
        var key = IsIdentity(field) ? value : SearchKey.Of(value)!;
        return key.Length <= MaxKey ? key : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
    }

    /// <summary>The present value of a field that has one at most.</summary>
    public static string? ValueOf(ContactState state, string field) =>
        field switch
        {
            Name => state.Name.Full,
            LastName => state.Name.Last,
            Company => state.Company,
            Language => state.Language,
            TimeZone => state.TimeZone,
            _ => throw new ArgumentOutOfRangeException(nameof(field), field, null),
        };

    /// <summary>Whether the contact says already what the value says: the same, or, of a name, more.</summary>
    public static bool Covers(ContactState state, string field, string value)
    {
        if (IsIdentity(field))
        {
            return state.ValuesOf(field).Contains(value);
        }
        if (field == Name)
        {
            return Covers(state.Name, PersonName.FromFull(value));
        }
        return ValueOf(state, field) is { } present && KeyOf(field, present) == KeyOf(field, value);
    }

    /// <summary>John Smith covers John; John does not cover John Smith.</summary>
    public static bool Covers(PersonName present, PersonName said) =>
        present.Full is not null
        && (
            SearchKey.Of(present.Full) == SearchKey.Of(said.Full)
            || (SearchKey.Of(present.First) == SearchKey.Of(said.First) && (said.Last is null || SearchKey.Of(present.Last) == SearchKey.Of(said.Last)))
        );

    /// <summary>The state with the value in its place; a phone or email is added to those that are there.</summary>
    public static ContactState Apply(ContactState state, string field, string value) =>
        field switch
        {
            Name => state with { Name = PersonName.FromFull(value) },
            LastName => state with { Name = PersonName.FromParts(state.Name.First, value) },
            Company => state with { Company = value },
            Language => state with { Language = value },
            TimeZone => state with { TimeZone = value },
            IdentityKinds.Phone or IdentityKinds.Email => state.With(field, value, isPrimary: false, isShared: false),
            _ => throw new ArgumentOutOfRangeException(nameof(field), field, null),
        };
}
