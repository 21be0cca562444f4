using System.Text.Json;
using Contacts.Cards;
using ServiceDefaults.Json;

namespace Contacts.Merges;

/// <summary>The fields of a contact that hold one value, of which a merge keeps one. A name is one value, whatever its parts.</summary>
internal static class OneValued
{
    public const string Name = "name";
    public const string Notes = "notes";

    private static readonly string[] Own = [Name, "company", Notes, "language", "time_zone", "avatar"];
    private static readonly string[] NameParts = [Name, "first_name", "last_name"];

    public static IReadOnlyList<string> Of(params IReadOnlyList<ContactState> states) =>
        [.. Own, .. states.SelectMany(state => state.CustomFields.Keys).Distinct().Order(StringComparer.Ordinal).Select(key => FieldChange.CustomPrefix + key)];

    /// <summary>The field as provenance knows it.</summary>
    public static IReadOnlyList<string> PartsOf(string field) => field == Name ? NameParts : [field];

    public static bool IsEmpty(ContactState state, string field) => Read(state, field) is null;

    public static bool AreEqual(ContactState one, ContactState other, string field) =>
        field == Name
            ? one.Name == other.Name
            : (Read(one, field), Read(other, field)) switch
            {
                (null, null) => true,
                ({ } a, { } b) => JsonElement.DeepEquals(a, b),
                _ => false,
            };

    public static JsonElement? Read(ContactState state, string field) =>
        field switch
        {
            Name => ToJson(state.Name.Full),
            "company" => ToJson(state.Company),
            Notes => ToJson(state.Notes),
            "language" => ToJson(state.Language),
            "time_zone" => ToJson(state.TimeZone),
            "avatar" => ToJson(state.Avatar),
            _ => state.CustomFields.TryGetValue(KeyOf(field), out var value) ? value : null,
        };

    /// <returns><paramref name="to"/> with this field as <paramref name="from"/> has it.</returns>
    public static ContactState Copy(ContactState to, ContactState from, string field) =>
        field switch
        {
            Name => to with { Name = from.Name },
            "company" => to with { Company = from.Company },
            Notes => to with { Notes = from.Notes },
            "language" => to with { Language = from.Language },
            "time_zone" => to with { TimeZone = from.TimeZone },
            "avatar" => to with { Avatar = from.Avatar },
            _ => CopyCustom(to, from, KeyOf(field)),
        };

    private static ContactState CopyCustom(ContactState to, ContactState from, string key)
    {
        var fields = to.CustomFields.Where(field => field.Key != key);
        return to with { CustomFields = (from.CustomFields.TryGetValue(key, out var value) ? fields.Append(new(key, value)) : fields).ToDictionary() };
    }

    private static string KeyOf(string field) => field[FieldChange.CustomPrefix.Length..];

    private static JsonElement? ToJson(string? value) => value is null ? null : JsonSerializer.SerializeToElement(value, ApiJson.Options);
}
