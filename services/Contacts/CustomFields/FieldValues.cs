using System.Text.Json;
using Contacts.Cards;
using ServiceDefaults.Json;
using ServiceDefaults.Postgres;

namespace Contacts.CustomFields;

/// <summary>Values of custom fields on their way into contacts.</summary>
internal static class FieldValues
{
    private static readonly IReadOnlyDictionary<string, CustomField> None = new Dictionary<string, CustomField>();

    /// <summary>The fields that the inputs give values of, in one query; none where none are given.</summary>
    public static async Task<IReadOnlyDictionary<string, CustomField>> FieldsOfAsync(
        UnitOfWork work,
        IEnumerable<ContactInput> inputs,
        CancellationToken cancellationToken
    )
    {
        string[] keys = [.. inputs.SelectMany(input => input.CustomFields.Value?.Keys ?? []).Distinct()];
        return keys.Length == 0 ? None : (await CustomField.HoldAsync(work, keys, cancellationToken)).ToDictionary(field => field.Key);
    }

    /// <returns>The values to store by key; null clears.</returns>
    public static IReadOnlyDictionary<string, JsonElement?> Read(
        IReadOnlyDictionary<string, JsonElement>? given,
        IReadOnlyDictionary<string, CustomField> fields,
        FieldErrors errors
    )
    {
        var values = new Dictionary<string, JsonElement?>();
        if (given?.Count > CustomField.MaxPerWorkspace)
        {
            errors.Add("custom_fields", $"custom_fields: at most {CustomField.MaxPerWorkspace}.");
            return values;
        }
        foreach (var (key, json) in given ?? new Dictionary<string, JsonElement>())
        {
            var path = $"custom_fields.{key}";
            if (!fields.TryGetValue(key, out var field))
            {
                errors.Add(path, $"{path}: the workspace has no such custom field.", CustomFieldProblems.Unknown);
            }
            else if (FieldValue.Read(field, json, out var value) is { } expected)
            {
                errors.Add(path, $"{path}: {expected}.", CustomFieldProblems.InvalidValue);
            }
            else
            {
                values[key] = value;
            }
        }
        return values;
    }

    /// <summary>
    /// Whatever a step brings back (a merge, a revert, an undo) is held against the fields as they are now: a value whose field or choice is gone does not come back.
    /// </summary>
    public static async Task<IReadOnlyList<ContactState>> FitAsync(
        UnitOfWork work,
        IReadOnlyList<(ContactState Before, ContactState After)> steps,
        CancellationToken cancellationToken
    )
    {
        string[] keys = [.. steps.SelectMany(step => NewIn(step.Before, step.After)).Distinct()];
        if (keys.Length == 0)
        {
            return [.. steps.Select(step => step.After)];
        }
        var fields = (await CustomField.HoldAsync(work, keys, cancellationToken)).ToDictionary(field => field.Key);
        return
        [
            .. steps.Select(step => step.After.WithCustomFields(NewIn(step.Before, step.After).ToDictionary(key => key, key => Fit(key, step.After, fields)))),
        ];
    }

    private static JsonElement? Fit(string key, ContactState state, Dictionary<string, CustomField> fields) =>
        fields.TryGetValue(key, out var field) && FieldValue.Read(field, state.CustomFields[key], out var value) is null ? value : null;

    private static IEnumerable<string> NewIn(ContactState before, ContactState after) =>
        ReferenceEquals(before.CustomFields, after.CustomFields)
            ? []
            : after
                .CustomFields.Where(value => !before.CustomFields.TryGetValue(value.Key, out var present) || !JsonElement.DeepEquals(present, value.Value))
                .Select(value => value.Key);
}
