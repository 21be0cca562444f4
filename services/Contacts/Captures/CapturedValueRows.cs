using System.Text.Json;
using Contacts.Cards;
using ServiceDefaults.Json;
using ServiceDefaults.Postgres;

namespace Contacts.Captures;

/// <summary>Rows of what was said.</summary>
internal static class CapturedValueRows
{
    public const string Select = """
        SELECT id, contact_id, field, key, value, status, is_form, source, actor_id, first_said_at, said_at, evidence::text AS evidence, created_at
        FROM captured_values

        """;

    /// <summary>Somebody may say a thousand names into a chat; what is kept of one contact ends here.</summary>
    private const int MaxPerContact = 500;

    /// <summary>Keeps each value once, with the newest evidence. Whatever the order and however often, the same rows come of the same captures.</summary>
    /// <returns>All that was ever said of these contacts, the new ones included; those that are new have no other status yet than closed.</returns>
    public static async Task<ILookup<Guid, CapturedValue>> KeepAsync(
        UnitOfWork work,
        IReadOnlyList<Capture> captures,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var values = captures.GroupBy(one => (one.ContactId, one.Field, one.Key)).Select(said => Merge([.. said])).ToList();
        var ids = values.Select(_ => Guid.CreateVersion7(now)).ToArray();
        await work.ExecuteAsync(
            """
            INSERT INTO captured_values AS present (
                workspace_id, id, contact_id, field, key, value, status, is_form, source, actor_id, first_said_at, said_at, evidence, created_at
            )
            SELECT @WorkspaceId, id, contact_id, field, key, value, 'closed', is_form, source, actor_id, first_said_at, said_at, evidence::jsonb, @now
            FROM unnest(@ids, @contactIds, @fields, @keys, @values, @areForms, @sources, @actors, @firstTimes, @times, @evidence)
                AS said (id, contact_id, field, key, value, is_form, source, actor_id, first_said_at, said_at, evidence)
            WHERE (SELECT count(*) FROM captured_values kept WHERE kept.contact_id = said.contact_id) < @MaxPerContact
            ORDER BY contact_id, field, key
            ON CONFLICT (workspace_id, contact_id, field, key) DO UPDATE SET
                is_form = present.is_form OR excluded.is_form,
                first_said_at = least(present.first_said_at, excluded.first_said_at),
                said_at = greatest(present.said_at, excluded.said_at),
                value = CASE WHEN (excluded.said_at, excluded.value COLLATE "C") > (present.said_at, present.value COLLATE "C") THEN excluded.value ELSE present.value END,
                source = CASE WHEN excluded.said_at > present.said_at THEN excluded.source ELSE present.source END,
                actor_id = CASE WHEN excluded.said_at > present.said_at THEN excluded.actor_id ELSE present.actor_id END,
                evidence = CASE WHEN excluded.said_at > present.said_at THEN excluded.evidence ELSE present.evidence END
            """,
            new
            {
                work.WorkspaceId,
                now,
                MaxPerContact,
                ids,
                contactIds = values.Select(value => value.Latest.ContactId).ToArray(),
                fields = values.Select(value => value.Latest.Field).ToArray(),
                keys = values.Select(value => value.Latest.Key).ToArray(),
                values = values.Select(value => value.Latest.Value).ToArray(),
                areForms = values.Select(value => value.IsForm).ToArray(),
                sources = values.Select(value => value.Latest.Origin.Source).ToArray(),
                actors = values.Select(value => value.Latest.Actor.Id).ToArray(),
                firstTimes = values.Select(value => value.FirstSaidAt).ToArray(),
                times = values.Select(value => value.Latest.SaidAt).ToArray(),
                evidence = values.Select(value => JsonSerializer.Serialize(value.Latest.Evidence, ApiJson.Options)).ToArray(),
            },
            cancellationToken
        );
        var rows = await work.QueryAsync<CapturedValue>(
            Select + "WHERE contact_id = ANY (@contactIds)",
            new { contactIds = values.Select(value => value.Latest.ContactId).Distinct().ToArray() },
            cancellationToken
        );
        return rows.Select(row => row with { IsNew = ids.Contains(row.Id) }).ToLookup(row => row.ContactId);
    }

    public static Task SetStatusAsync(UnitOfWork work, IReadOnlyList<(Guid Id, string Status)> decided, CancellationToken cancellationToken) =>
        decided.Count == 0
            ? Task.CompletedTask
            : work.ExecuteAsync(
                "UPDATE captured_values v SET status = decided.status FROM unnest(@ids, @statuses) AS decided (id, status) WHERE v.id = decided.id",
                new { ids = decided.Select(one => one.Id).ToArray(), statuses = decided.Select(one => one.Status).ToArray() },
                cancellationToken
            );

    private static (Capture Latest, DateTimeOffset FirstSaidAt, bool IsForm) Merge(IReadOnlyList<Capture> said) =>
        (said.OrderBy(one => one.SaidAt).ThenBy(one => one.Value, StringComparer.Ordinal).Last(), said.Min(one => one.SaidAt), said.Any(one => one.IsForm));
}
