using System.Text.Json;
using ServiceDefaults.Json;

namespace Contacts.Cards;

/// <summary>One field of a contact before and after a change.</summary>
/// <param name="Field">
/// <c>name</c>, <c>first_name</c>, <c>last_name</c>, <c>company</c>, <c>notes</c>, <c>language</c>, <c>time_zone</c>, <c>avatar</c>, <c>identities</c>, <c>tags</c>, or
/// <c>custom.</c> and the key of a custom field.
/// </param>
/// <param name="Before">Null where it was empty. Tags are an array of names; identities of <c>{kind, value, is_primary, is_shared}</c>.</param>
/// <param name="After">Null where it was cleared.</param>
public sealed record FieldChange(string Field, JsonElement? Before, JsonElement? After)
{
    public const string CustomPrefix = "custom.";

    internal bool IsCustom => Field.StartsWith(CustomPrefix, StringComparison.Ordinal);

    /// <returns>What has to be told of a step; empty where nothing changes.</returns>
    internal static IReadOnlyList<FieldChange> Between(ContactState before, ContactState after)
    {
        var changes = new List<FieldChange>();
        Add("name", before.Name.Full, after.Name.Full);
        Add("first_name", before.Name.First, after.Name.First);
        Add("last_name", before.Name.Last, after.Name.Last);
        Add("company", before.Company, after.Company);
        Add("notes", before.Notes, after.Notes);
        Add("language", before.Language, after.Language);
        Add("time_zone", before.TimeZone, after.TimeZone);
        Add("avatar", before.Avatar, after.Avatar);
        foreach (var key in before.CustomFields.Keys.Union(after.CustomFields.Keys).Order(StringComparer.Ordinal))
        {
            var (was, becomes) = (ValueOf(before, key), ValueOf(after, key));
            if (was is null || becomes is null ? was is null != becomes is null : !JsonElement.DeepEquals(was.Value, becomes.Value))
            {
                changes.Add(new(CustomPrefix + key, was, becomes));
            }
        }
        AddSet("identities", before.Identities, after.Identities);
        if (!before.Tags.SequenceEqual(after.Tags))
        {
            AddSet("tags", [.. before.Tags.Select(tag => tag.Text)], [.. after.Tags.Select(tag => tag.Text)]);
        }
        return changes;

        void Add(string field, string? was, string? becomes)
        {
            if (was != becomes)
            {
                changes.Add(new(field, ToJson(was), ToJson(becomes)));
            }
        }

        void AddSet<T>(string field, IReadOnlyList<T> was, IReadOnlyList<T> becomes)
        {
            if (!was.SequenceEqual(becomes))
            {
                changes.Add(new(field, ToJson(was), ToJson(becomes)));
            }
        }
    }

    /// <summary>Reads a side of a change of identities.</summary>
    internal static IReadOnlyList<Identity> ReadIdentities(JsonElement? side) => side?.Deserialize<List<Identity>>(ApiJson.Options) ?? [];

    private static JsonElement? ValueOf(ContactState state, string key) => state.CustomFields.TryGetValue(key, out var value) ? value : null;

    private static JsonElement? ToJson<T>(T value) => value is null ? null : JsonSerializer.SerializeToElement(value, ApiJson.Options);
}
