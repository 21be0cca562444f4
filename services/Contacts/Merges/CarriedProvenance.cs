using ServiceDefaults.Postgres;

namespace Contacts.Merges;

/// <summary>Who said a value, and when, stays with the value when a merge moves it; that it was moved is in the contacts' history.</summary>
internal static class CarriedProvenance
{
    /// <summary>Of an identity or field that has none of its own: as its contact was made.</summary>
    private const string AsMade =
        "jsonb_build_object('source', a.source, 'actor', coalesce(a.created_by, a.source), 'at', a.created_at, 'evidence', a.evidence)";

    public static async Task ToSurvivorAsync(UnitOfWork work, Guid mergeId, IReadOnlyList<string> taken, CancellationToken cancellationToken)
    {
        await work.ExecuteAsync(
            $"""
            UPDATE contact_identities i SET provenance = coalesce(carried.provenance, {AsMade}), created_at = carried.created_at
            FROM merges m
            JOIN contacts a ON a.id = m.absorbed_id
            CROSS JOIN jsonb_to_recordset(m.identities) AS carried (kind text, value text, provenance jsonb, created_at timestamptz)
            WHERE m.id = @mergeId AND i.kind = carried.kind AND i.value = carried.value AND i.contact_id = m.survivor_id
            """,
            new { mergeId },
            cancellationToken
        );
        if (taken.Count == 0)
        {
            return;
        }
        await work.ExecuteAsync(
            $"""
            UPDATE contacts s
            SET provenance = s.provenance || (SELECT jsonb_object_agg(f.field, coalesce(a.provenance -> f.field, {AsMade})) FROM unnest(@fields) AS f (field))
            FROM merges m JOIN contacts a ON a.id = m.absorbed_id
            WHERE m.id = @mergeId AND s.id = m.survivor_id AND s.provenance IS NOT NULL
            """,
            new { mergeId, fields = taken.SelectMany(OneValued.PartsOf).ToArray() },
            cancellationToken
        );
    }

    /// <param name="restored">One-valued fields that the survivor has again as before the merge.</param>
    public static async Task BackAsync(UnitOfWork work, Guid mergeId, IReadOnlyList<string> restored, CancellationToken cancellationToken)
    {
        await work.ExecuteAsync(
            """
            UPDATE contact_identities i SET provenance = carried.provenance, created_at = carried.created_at
            FROM merges m
            CROSS JOIN jsonb_to_recordset(m.identities) AS carried (kind text, value text, provenance jsonb, created_at timestamptz)
            WHERE m.id = @mergeId AND i.kind = carried.kind AND i.value = carried.value AND i.contact_id = m.absorbed_id
            """,
            new { mergeId },
            cancellationToken
        );
        if (restored.Count == 0)
        {
            return;
        }
        await work.ExecuteAsync(
            """
            UPDATE contacts s
            SET provenance = (s.provenance - @fields)
                || (SELECT coalesce(jsonb_object_agg(key, value), '{}') FROM jsonb_each(m.provenance) WHERE key = ANY (@fields))
            FROM merges m
            WHERE m.id = @mergeId AND s.id = m.survivor_id AND s.provenance IS NOT NULL
            """,
            new { mergeId, fields = restored.SelectMany(OneValued.PartsOf).ToArray() },
            cancellationToken
        );
    }
}
