using Contacts.Cards;
using ServiceDefaults.Postgres;

namespace Contacts.Duplicates;

/// <summary>Which contacts have which keys.</summary>
internal static class MatchKeyRows
{
    /// <summary>What more contacts than this have in common is common, and shows nothing: a switchboard's digits, a name that everybody has in a town.</summary>
    public const int MaxContacts = 50;

    /// <summary>Makes these the only keys of the contacts.</summary>
    public static async Task ReplaceAsync(
        UnitOfWork work,
        Guid[] contactIds,
        IReadOnlyList<(Guid ContactId, MatchKey Key)> keys,
        CancellationToken cancellationToken
    )
    {
        var parameters = new
        {
            work.WorkspaceId,
            contactIds,
            owners = keys.Select(one => one.ContactId).ToArray(),
            keys = keys.Select(one => one.Key.Hash).ToArray(),
        };
        await work.ExecuteAsync(
            """
            DELETE FROM match_keys k
            WHERE k.contact_id = ANY (@contactIds)
              AND NOT EXISTS (SELECT FROM unnest(@owners, @keys) AS wanted (contact_id, key) WHERE wanted.contact_id = k.contact_id AND wanted.key = k.key)
            """,
            parameters,
            cancellationToken
        );
        await work.ExecuteAsync(
            """
            INSERT INTO match_keys (workspace_id, key, contact_id)
            SELECT @WorkspaceId, key, contact_id FROM unnest(@owners, @keys) AS wanted (contact_id, key)
            ON CONFLICT DO NOTHING
            """,
            parameters,
            cancellationToken
        );
    }

    /// <returns>Those of the keys that at least two contacts have and not too many, with who has them. What is read is bounded per key, however common it is.</returns>
    public static async Task<IReadOnlyDictionary<Guid, Guid[]>> FindAsync(UnitOfWork work, Guid[] keys, CancellationToken cancellationToken) =>
        keys.Length == 0
            ? new Dictionary<Guid, Guid[]>()
            : (
                await work.QueryAsync<Holders>(
                    $"""
                    SELECT wanted.key, holders.ids
                    FROM unnest(@keys) AS wanted (key)
                    CROSS JOIN LATERAL (
                        SELECT array_agg(found.contact_id) AS ids
                        FROM (SELECT k.contact_id FROM match_keys k WHERE k.key = wanted.key LIMIT {MaxContacts + 1}) found
                    ) holders
                    WHERE cardinality(holders.ids) BETWEEN 2 AND {MaxContacts}
                    """,
                    new { keys },
                    cancellationToken
                )
            ).ToDictionary(row => row.Key, row => row.Ids);

    public static Task ForgetAsync(UnitOfWork work, Guid contactId, CancellationToken cancellationToken) =>
        work.ExecuteAsync("DELETE FROM match_keys WHERE contact_id = @contactId", new { contactId }, cancellationToken);

    private sealed class Holders
    {
        public Guid Key { get; init; }
        public Guid[] Ids { get; init; } = [];
    }
}
