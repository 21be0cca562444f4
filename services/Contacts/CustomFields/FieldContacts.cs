using Contacts.Cards;
using Contacts.MassChanges;
using ServiceDefaults.Postgres;

namespace Contacts.CustomFields;

/// <summary>The contacts that have a value of a field, when the field itself changes: all of them change at once, and each is told of.</summary>
internal sealed class FieldContacts(MassChange mass)
{
    /// <summary>Nobody else changes them until the unit of work ends. Call it before the field is locked: who writes a contact comes that way too.</summary>
    public static Task LockAsync(UnitOfWork work, string key, CancellationToken cancellationToken) =>
        MassChange.LockAsync(work, "SELECT contact_id FROM contact_field_values WHERE field = @key", new { key }, cancellationToken);

    /// <summary>How many contacts have one of the choices.</summary>
    public static Task<int> CountAsync(UnitOfWork work, string key, IEnumerable<string> choices, CancellationToken cancellationToken) =>
        work.SingleAsync<int>(
            "SELECT count(DISTINCT contact_id)::int FROM contact_field_values WHERE field = @key AND text = ANY (@texts)",
            new { key, texts = choices.Select(FieldValueRows.KeyOf).ToArray() },
            cancellationToken
        );

    public async Task ChangeChoicesAsync(
        UnitOfWork work,
        Origin origin,
        CustomField field,
        ChoiceChange change,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var changed = change.Changed.ToList();
        var parameters = new
        {
            key = field.Key,
            isMulti = field.Type == CustomFieldType.MultiChoice,
            choices = change.After.ToArray(),
            befores = change.Values.Select(value => value.Before).ToArray(),
            afters = change.Values.Select(value => value.After).ToArray(),
            texts = changed.Select(value => FieldValueRows.KeyOf(value.Before)).ToArray(),
            newTexts = changed.Select(value => value.After is null ? null : FieldValueRows.KeyOf(value.After)).ToArray(),
        };
        await mass.WriteAsync(
            work,
            origin,
            field.HistoryName,
            """
            SELECT c.id, c.custom_fields -> @key AS before, chosen.after
            FROM contacts c
            CROSS JOIN LATERAL (
                SELECT CASE WHEN @isMulti THEN jsonb_agg(map.after ORDER BY array_position(@choices, map.after)) ELSE to_jsonb(min(map.after)) END AS after
                FROM jsonb_array_elements_text(
                    CASE WHEN @isMulti THEN c.custom_fields -> @key ELSE jsonb_build_array(c.custom_fields -> @key) END
                ) AS present (choice)
                JOIN unnest(@befores, @afters) AS map (before, after) ON map.before = present.choice
                WHERE map.after IS NOT NULL
            ) chosen
            WHERE c.id IN (SELECT contact_id FROM contact_field_values WHERE field = @key AND text = ANY (@texts))
            """,
            parameters,
            now,
            cancellationToken,
            """
            custom_fields = CASE WHEN change.after IS NULL THEN nullif(c.custom_fields - @key::text, '{}')
                            ELSE c.custom_fields || jsonb_build_object(@key::text, change.after) END
            """
        );
        await MassChange.RunAsync(
            work,
            """
            WITH map AS (SELECT * FROM unnest(@texts, @newTexts) AS map (before, after)),
            gone AS (
                DELETE FROM contact_field_values v USING map WHERE v.field = @key AND v.text = map.before AND map.after IS NULL
            )
            UPDATE contact_field_values v SET text = map.after FROM map WHERE v.field = @key AND v.text = map.before AND map.after IS NOT NULL
            """,
            parameters,
            cancellationToken
        );
    }

    /// <returns>How many contacts had a value.</returns>
    public async Task<int> ClearAsync(UnitOfWork work, Origin origin, CustomField field, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var cleared = await mass.WriteAsync(
            work,
            origin,
            field.HistoryName,
            """
            SELECT c.id, c.custom_fields -> @key AS before, NULL::jsonb AS after
            FROM contacts c
            WHERE c.id IN (SELECT contact_id FROM contact_field_values WHERE field = @key)
            """,
            new { key = field.Key },
            now,
            cancellationToken,
            "custom_fields = nullif(c.custom_fields - @key::text, '{}'), provenance = c.provenance - @field::text"
        );
        await MassChange.RunAsync(work, "DELETE FROM contact_field_values WHERE field = @Key", new { field.Key }, cancellationToken);
        return cleared;
    }
}
