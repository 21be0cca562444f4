using ServiceDefaults.Postgres;

namespace Contacts.Duplicates;

/// <summary>Which contacts have which keys.</summary>
internal static class MatchKeyRows
{
    /// <summary>Makes these the only keys of the contacts.</summary>
    public static async Task ReplaceAsync(
        UnitOfWork work,
        Guid[] contactIds,
        IReadOnlyList<(Guid ContactId, MatchKey Key)> keys,
        CancellationToken cancellationToken
    )
    {
        // Compared here and not by NOT EXISTS: over two lists the planner may choose to compare each with each.
        var present = (
            await work.QueryAsync<(Guid ContactId, Guid Key)>(
                "SELECT contact_id, key FROM match_keys WHERE contact_id = ANY (@contactIds)",
                new { contactIds },
                cancellationToken
            )
        ).ToHashSet();
        var wanted = keys.Select(one => (one.ContactId, Key: one.Key.Hash)).ToHashSet();
        var gone = present.Except(wanted).ToList();
        if (gone.Count > 0)
        {
            await work.ExecuteAsync(
                """
                DELETE FROM match_keys k USING unnest(@contactIds, @keys) AS gone (contact_id, key)
                WHERE k.key = gone.key AND k.contact_id = gone.contact_id
                """,
                new { contactIds = gone.Select(one => one.ContactId).ToArray(), keys = gone.Select(one => one.Key).ToArray() },
                cancellationToken
            );
        }
        var added = wanted.Except(present).ToList();
        if (added.Count > 0)
        {
            await work.ExecuteAsync(
                """
                INSERT INTO match_keys (workspace_id, key, contact_id)
                SELECT @WorkspaceId, key, contact_id FROM unnest(@contactIds, @keys) AS added (contact_id, key)
                ON CONFLICT DO NOTHING
                """,
                new
                {
                    work.WorkspaceId,
                    contactIds = added.Select(one => one.ContactId).ToArray(),
                    keys = added.Select(one => one.Key).ToArray(),
                },
                cancellationToken
            );
        }
    }

    /// <summary>Who has these keys. What is read is bounded per key, however common it is.</summary>
    public static async Task<KeyHolders> FindAsync(UnitOfWork work, IReadOnlyCollection<MatchKey> keys, CancellationToken cancellationToken)
    {
        var rows = await work.QueryAsync<Holders>(
            $"""
            SELECT wanted.key, holders.ids
            FROM unnest(@keys) AS wanted (key)
            CROSS JOIN LATERAL (
                SELECT array_agg(found.contact_id) AS ids
                FROM (SELECT k.contact_id FROM match_keys k WHERE k.key = wanted.key LIMIT {MatchKey.MaxContacts + 1}) found
            ) holders
            WHERE cardinality(holders.ids) > 1
            """,
            new { keys = keys.Select(key => key.Hash).ToArray() },
            cancellationToken
        );
        var holders = rows.ToDictionary(row => row.Key, row => row.Ids);
        var common = keys.Where(key => holders.TryGetValue(key.Hash, out var ids) && key.IsCommonTo(ids.Length)).Select(key => key.Hash).ToHashSet();
        return new(holders.Where(key => !common.Contains(key.Key)).ToDictionary(), holders.Where(key => common.Contains(key.Key)).ToDictionary());
    }

    /// <summary>Remembers which keys are common, and that the others are not (any more).</summary>
    /// <returns>Those that have just become common.</returns>
    public static async Task<IReadOnlyList<Guid>> NoteCommonAsync(UnitOfWork work, KeyHolders holders, CancellationToken cancellationToken)
    {
        await work.ExecuteAsync("DELETE FROM common_keys WHERE key = ANY (@rare)", new { rare = holders.Rare.Keys.ToArray() }, cancellationToken);
        return await work.QueryAsync<Guid>(
            "INSERT INTO common_keys (workspace_id, key) SELECT @WorkspaceId, unnest(@common) ON CONFLICT DO NOTHING RETURNING key",
            new { work.WorkspaceId, common = holders.Common.Keys.ToArray() },
            cancellationToken
        );
    }

    public static Task ForgetAsync(UnitOfWork work, Guid contactId, CancellationToken cancellationToken) =>
        work.ExecuteAsync("DELETE FROM match_keys WHERE contact_id = @contactId", new { contactId }, cancellationToken);

    private sealed class Holders
    {
        public Guid Key { get; init; }
        public Guid[] Ids { get; init; } = [];
    }
}

/// <param name="Rare">Keys that at least two contacts have and not too many, and all who have them.</param>
/// <param name="Common">Keys that show nothing, and some who have them.</param>
internal sealed record KeyHolders(IReadOnlyDictionary<Guid, Guid[]> Rare, IReadOnlyDictionary<Guid, Guid[]> Common)
{
    public bool Prove(MatchKey key) => Rare.ContainsKey(key.Hash);
}
