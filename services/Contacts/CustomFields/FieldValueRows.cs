using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Contacts.Cards;
using ServiceDefaults.Postgres;

namespace Contacts.CustomFields;

/// <summary>
/// The values of custom fields as contacts are found by them. They follow from the values themselves, not from what the fields are today: a text that looks like a date can
/// be found as both, and the field's type says which is asked for.
/// </summary>
internal static class FieldValueRows
{
    private const int MaxIndexed = 200;

    public static Task AddAsync(UnitOfWork work, IReadOnlyList<Card> cards, CancellationToken cancellationToken) =>
        InsertAsync(
            work,
            [.. cards.SelectMany(card => card.State.CustomFields.SelectMany(value => RowsOf(card.Id, value.Key, value.Value)))],
            cancellationToken
        );

    /// <summary>Writes how the steps change values.</summary>
    public static async Task ApplyAsync(UnitOfWork work, IReadOnlyList<Step> steps, CancellationToken cancellationToken)
    {
        var changes = steps
            .SelectMany(step =>
                step.Fields.Where(change => change.IsCustom)
                    .Select(change => (step.After.Id, Key: change.Field[FieldChange.CustomPrefix.Length..], change.After))
            )
            .ToList();
        if (changes.Count == 0)
        {
            return;
        }
        await work.ExecuteAsync(
            """
            DELETE FROM contact_field_values v
            USING unnest(@ids, @keys) AS changed (contact_id, field)
            WHERE v.contact_id = changed.contact_id AND v.field = changed.field
            """,
            new { ids = changes.Select(change => change.Id).ToArray(), keys = changes.Select(change => change.Key).ToArray() },
            cancellationToken
        );
        await InsertAsync(work, [.. changes.SelectMany(change => change.After is { } value ? RowsOf(change.Id, change.Key, value) : [])], cancellationToken);
    }

    /// <summary>A text as it is compared: folded, and where it is longer than an index takes, its beginning and a hash of the whole.</summary>
    public static string KeyOf(string text)
    {
        var folded = SearchKey.Of(text)!;
        if (folded.Length <= MaxIndexed)
        {
            return folded;
        }
        var length = char.IsHighSurrogate(folded[MaxIndexed - 1]) ? MaxIndexed - 1 : MaxIndexed;
        return folded[..length] + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(folded)));
    }

    private static IEnumerable<Row> RowsOf(Guid contactId, string key, JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.Number => [new(contactId, key, null, value.GetDouble(), null)],
            JsonValueKind.True or JsonValueKind.False => [new(contactId, key, value.GetRawText(), null, null)],
            JsonValueKind.Array => value.EnumerateArray().Select(choice => new Row(contactId, key, KeyOf(choice.GetString()!), null, null)),
            _ => [new(contactId, key, KeyOf(value.GetString()!), null, DateOf(value.GetString()!))],
        };

    private static DateOnly? DateOf(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;

    private static Task InsertAsync(UnitOfWork work, IReadOnlyList<Row> rows, CancellationToken cancellationToken) =>
        rows.Count == 0
            ? Task.CompletedTask
            : work.ExecuteAsync(
                """
                INSERT INTO contact_field_values (workspace_id, field, contact_id, text, number, date)
                SELECT @WorkspaceId, field, contact_id, text, number, date::date
                FROM unnest(@keys, @ids, @texts, @numbers, @dates) AS value (field, contact_id, text, number, date)
                """,
                new
                {
                    work.WorkspaceId,
                    keys = rows.Select(row => row.Field).ToArray(),
                    ids = rows.Select(row => row.ContactId).ToArray(),
                    texts = rows.Select(row => row.Text).ToArray(),
                    numbers = rows.Select(row => row.Number).ToArray(),
                    dates = rows.Select(row => row.Date?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)).ToArray(),
                },
                cancellationToken
            );

    private sealed record Row(Guid ContactId, string Field, string? Text, double? Number, DateOnly? Date);
}
