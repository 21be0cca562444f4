using System.Text.Json;
using Contacts.Cards;
using ServiceDefaults.Postgres;

namespace Contacts.CustomFields;

/// <summary>Which contacts a list is narrowed to by the value of a custom field. Dates are <c>yyyy-MM-dd</c>.</summary>
internal sealed record FieldFilter(
    string Key,
    string? Text,
    double? Number,
    string? Date,
    double? MinNumber,
    double? MaxNumber,
    string? MinDate,
    string? MaxDate
)
{
    /// <summary>About <c>contacts c</c>; the members of this record are its parameters. Without a value or a bound: contacts that have any value.</summary>
    public string Condition =>
        "EXISTS (SELECT FROM contact_field_values v WHERE v.contact_id = c.id AND v.field = @Key"
        + (Text is null ? "" : " AND v.text = @Text")
        + (Number is null ? "" : " AND v.number = @Number")
        + (Date is null ? "" : " AND v.date = @Date::date")
        + (MinNumber is null ? "" : " AND v.number >= @MinNumber")
        + (MaxNumber is null ? "" : " AND v.number <= @MaxNumber")
        + (MinDate is null ? "" : " AND v.date >= @MinDate::date")
        + (MaxDate is null ? "" : " AND v.date <= @MaxDate::date")
        + ")";

    /// <returns>Null where none is asked for, or what is asked for is wrong.</returns>
    public static async Task<FieldFilter?> ReadAsync(
        UnitOfWork work,
        string? key,
        string? value,
        string? min,
        string? max,
        FieldErrors errors,
        CancellationToken cancellationToken
    )
    {
        if (key is null)
        {
            if ((value ?? min ?? max) is not null)
            {
                errors.Add("custom_field", "custom_field: value, min and max are those of a custom field. Give its key.");
            }
            return null;
        }
        if (await CustomField.FindAsync(work, key, cancellationToken) is not { } field)
        {
            errors.Add("custom_field", "custom_field: the workspace has no such custom field.", CustomFieldProblems.Unknown);
            return null;
        }
        if ((min ?? max) is not null && field.Type is not (CustomFieldType.Number or CustomFieldType.Date))
        {
            errors.Add(min is null ? "max" : "min", "min, max: only numbers and dates have them.", CustomFieldProblems.InvalidValue);
            return null;
        }
        var (equal, least, most) = (Read(field, value, "value", errors), Read(field, min, "min", errors), Read(field, max, "max", errors));
        return field.Type switch
        {
            CustomFieldType.Number => new(field.Key, null, equal?.GetDouble(), null, least?.GetDouble(), most?.GetDouble(), null, null),
            CustomFieldType.Date => new(field.Key, null, null, equal?.GetString(), null, null, least?.GetString(), most?.GetString()),
            _ => new(field.Key, TextOf(equal), null, null, null, null, null, null),
        };
    }

    private static JsonElement? Read(CustomField field, string? text, string parameter, FieldErrors errors)
    {
        if (text is null)
        {
            return null;
        }
        // Of several choices, one is asked for at a time.
        var asked = field.Type == CustomFieldType.MultiChoice ? field with { Type = CustomFieldType.Choice } : field;
        if (FieldText.TryReadText(asked, text, out var value) && value is not null)
        {
            return value;
        }
        errors.Add(parameter, $"{parameter}: {FieldValue.Expected(asked)}.", CustomFieldProblems.InvalidValue);
        return null;
    }

    private static string? TextOf(JsonElement? value) =>
        value is not { } given ? null
        : given.ValueKind == JsonValueKind.String ? FieldValueRows.KeyOf(given.GetString()!)
        : given.GetRawText();
}
