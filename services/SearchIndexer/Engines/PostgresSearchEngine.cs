using System.Text.Json;
using Messages.Contacts;
using SearchIndexer.Terms;
using ServiceDefaults.Api;
using ServiceDefaults.Postgres;

namespace SearchIndexer.Engines;

/// <summary>
/// Contacts as tsvectors under a GIN index. How a search stays fast for rare and for common words, and under row-level security: ADR 0005.
/// </summary>
internal sealed class PostgresSearchEngine : ISearchEngine
{
    /// <summary>Up to so many candidates are ordered at once; above, newest contacts are tried first.</summary>
    private const int Few = 2_000;

    /// <summary>How many of the newest contacts are tried against a common word, step by step, before all candidates are ordered.</summary>
    private static readonly int[] Newest = [5_000, 50_000];

    private const string HitColumns = "c.card::text AS card, a.sorted_at, a.last_contact_at, a.call_count, a.message_count, a.chat_count";

    /// <summary>Sorted by contact, as in all of these: two batches that share contacts wait for each other instead of deadlocking.</summary>
    public async Task IndexAsync(UnitOfWork work, IReadOnlyList<ContactCard> cards, CancellationToken cancellationToken) =>
        await work.ExecuteAsync(
            """
            WITH changed AS (
                INSERT INTO contacts (workspace_id, contact_id, version, card, terms)
                SELECT @WorkspaceId, contact_id, version, card::jsonb, terms::tsvector
                FROM unnest(@ids, @versions, @cards, @terms) AS batch (contact_id, version, card, terms)
                ORDER BY contact_id
                ON CONFLICT (workspace_id, contact_id) DO UPDATE
                    SET version = excluded.version, card = excluded.card, terms = excluded.terms, is_absorbed = false
                    WHERE contacts.version < excluded.version AND (contacts.card IS NOT NULL OR contacts.is_absorbed)
                RETURNING contact_id
            )
            INSERT INTO activity (workspace_id, contact_id, version, sorted_at)
            SELECT @WorkspaceId, contact_id, 0, created_at
            FROM unnest(@ids, @created) AS batch (contact_id, created_at)
            WHERE contact_id IN (SELECT contact_id FROM changed)
            ORDER BY contact_id
            -- Activity that came before its card did not know when the contact was made.
            ON CONFLICT (workspace_id, contact_id) DO UPDATE SET sorted_at = excluded.sorted_at
                WHERE activity.last_contact_at IS NULL AND activity.sorted_at <> excluded.sorted_at
            """,
            new
            {
                work.WorkspaceId,
                ids = cards.Select(card => card.Id).ToArray(),
                versions = cards.Select(card => card.Version).ToArray(),
                cards = cards.Select(card => JsonSerializer.Serialize(card, StoredCard.Options)).ToArray(),
                terms = cards.Select(card => Lexeme.VectorOf(work.WorkspaceId, card)).ToArray(),
                created = cards.Select(card => card.CreatedAt.UtcDateTime).ToArray(),
            },
            cancellationToken
        );

    public async Task RemoveAsync(UnitOfWork work, IReadOnlyList<ContactDeleted> deletions, CancellationToken cancellationToken) =>
        await work.ExecuteAsync(
            """
            WITH deleted AS (
                INSERT INTO contacts (workspace_id, contact_id, version)
                SELECT @WorkspaceId, contact_id, version
                FROM unnest(@ids, @versions) AS batch (contact_id, version)
                ORDER BY contact_id
                ON CONFLICT (workspace_id, contact_id) DO UPDATE
                    SET version = greatest(contacts.version, excluded.version), card = NULL, terms = NULL, is_absorbed = false
                RETURNING contact_id
            )
            DELETE FROM activity WHERE contact_id IN (SELECT contact_id FROM deleted)
            """,
            new
            {
                work.WorkspaceId,
                ids = deletions.Select(deleted => deleted.ContactId).ToArray(),
                versions = deletions.Select(deleted => deleted.Version).ToArray(),
            },
            cancellationToken
        );

    public async Task AbsorbAsync(UnitOfWork work, IReadOnlyList<ContactMerged> merges, CancellationToken cancellationToken) =>
        await work.ExecuteAsync(
            """
            INSERT INTO contacts (workspace_id, contact_id, version, is_absorbed)
            SELECT @WorkspaceId, contact_id, version, true
            FROM unnest(@ids, @versions) AS batch (contact_id, version)
            ORDER BY contact_id
            ON CONFLICT (workspace_id, contact_id) DO UPDATE
                SET version = excluded.version, card = NULL, terms = NULL, is_absorbed = true
                WHERE contacts.version < excluded.version AND (contacts.card IS NOT NULL OR contacts.is_absorbed)
            """,
            new
            {
                work.WorkspaceId,
                ids = merges.Select(merge => merge.AbsorbedId).ToArray(),
                versions = merges.Select(merge => merge.AbsorbedVersion).ToArray(),
            },
            cancellationToken
        );

    public async Task RecordActivityAsync(UnitOfWork work, IReadOnlyList<ContactActivityChanged> activities, CancellationToken cancellationToken) =>
        await work.ExecuteAsync(
            """
            INSERT INTO activity (workspace_id, contact_id, version, sorted_at, last_contact_at, call_count, message_count, chat_count)
            SELECT @WorkspaceId, batch.contact_id, batch.version, coalesce(last_contact_at, (c.card ->> 'created_at')::timestamptz, to_timestamp(0)), last_contact_at,
                   call_count, message_count, chat_count
            FROM unnest(@ids, @versions, @times, @calls, @messages, @chats) AS batch (contact_id, version, last_contact_at, call_count, message_count, chat_count)
            LEFT JOIN contacts c ON c.contact_id = batch.contact_id
            WHERE c.contact_id IS NULL OR c.card IS NOT NULL OR c.is_absorbed
            ORDER BY batch.contact_id
            ON CONFLICT (workspace_id, contact_id) DO UPDATE
                SET version = excluded.version, sorted_at = excluded.sorted_at, last_contact_at = excluded.last_contact_at,
                    call_count = excluded.call_count, message_count = excluded.message_count, chat_count = excluded.chat_count
                WHERE activity.version < excluded.version
            """,
            new
            {
                work.WorkspaceId,
                ids = activities.Select(activity => activity.ContactId).ToArray(),
                versions = activities.Select(activity => activity.Version).ToArray(),
                times = activities.Select(activity => activity.LastContactAt?.UtcDateTime).ToArray(),
                calls = activities.Select(activity => activity.CallCount).ToArray(),
                messages = activities.Select(activity => activity.MessageCount).ToArray(),
                chats = activities.Select(activity => activity.ChatCount).ToArray(),
            },
            cancellationToken
        );

    public async Task<IReadOnlyList<Hit>> FindAsync(UnitOfWork work, IReadOnlyList<Term> terms, Cursor? after, int limit, CancellationToken cancellationToken)
    {
        var page = new PageRequest(terms.Count == 0 ? null : Lexeme.QueryOf(work.WorkspaceId, terms), after, limit);
        if (page.Query is null)
        {
            return await ListAsync(work, page, cancellationToken);
        }
        if (await FindFewAsync(work, page, cancellationToken) is { } few)
        {
            return few;
        }
        foreach (var newest in Newest)
        {
            if (await FindAmongNewestAsync(work, page, newest, cancellationToken) is { } hits && hits.Count == limit)
            {
                return hits;
            }
        }
        return await OrderAllAsync(work, page, cancellationToken);
    }

    private static async Task<IReadOnlyList<Hit>> ListAsync(UnitOfWork work, PageRequest page, CancellationToken cancellationToken) =>
        ToHits(
            await work.QueryAsync<HitRow>(
                $"""
                SELECT {HitColumns}
                FROM activity a JOIN contacts c USING (workspace_id, contact_id)
                WHERE c.card IS NOT NULL {page.AfterCursor}
                ORDER BY a.sorted_at DESC, a.contact_id DESC
                LIMIT @Limit
                """,
                page,
                cancellationToken
            )
        );

    /// <returns>null when there are too many candidates to order them all.</returns>
    private static async Task<IReadOnlyList<Hit>?> FindFewAsync(UnitOfWork work, PageRequest page, CancellationToken cancellationToken)
    {
        // Always at least one row, which says whether there were too many.
        var rows = await work.QueryAsync<HitRow>(
            $"""
            WITH candidates AS MATERIALIZED (SELECT search_candidates(@Query::tsquery, {Few + 1}) AS contact_id),
                 total AS MATERIALIZED (SELECT count(*) > {Few} AS too_many FROM candidates)
            SELECT total.too_many, {HitColumns}
            FROM total
            LEFT JOIN LATERAL (
                SELECT a.* FROM candidates JOIN activity a USING (contact_id)
                WHERE NOT total.too_many {page.AfterCursor}
                ORDER BY a.sorted_at DESC, a.contact_id DESC
                LIMIT @Limit
            ) a ON true
            LEFT JOIN contacts c ON c.workspace_id = a.workspace_id AND c.contact_id = a.contact_id
            ORDER BY a.sorted_at DESC, a.contact_id DESC
            """,
            page,
            cancellationToken
        );
        return rows[0].TooMany ? null : ToHits(rows);
    }

    /// <summary>
    /// OFFSET 0 keeps the planner to the only good order: contacts one by one, newest first, until the page is full. Of a word behind row-level security it knows too little, and
    /// would read the whole table.
    /// </summary>
    private static async Task<IReadOnlyList<Hit>> FindAmongNewestAsync(UnitOfWork work, PageRequest page, int newest, CancellationToken cancellationToken) =>
        ToHits(
            await work.QueryAsync<HitRow>(
                $"""
                SELECT {HitColumns}
                FROM activity a
                CROSS JOIN LATERAL (
                    SELECT c.card, c.terms FROM contacts c WHERE c.workspace_id = a.workspace_id AND c.contact_id = a.contact_id OFFSET 0
                ) c
                WHERE c.terms @@ @Query::tsquery {page.AfterCursor}
                  AND a.sorted_at >= coalesce(
                      (SELECT a.sorted_at FROM activity a WHERE true {page.AfterCursor} ORDER BY a.sorted_at DESC, a.contact_id DESC OFFSET {newest} LIMIT 1),
                      '-infinity')
                ORDER BY a.sorted_at DESC, a.contact_id DESC
                LIMIT @Limit
                """,
                page,
                cancellationToken
            )
        );

    private static async Task<IReadOnlyList<Hit>> OrderAllAsync(UnitOfWork work, PageRequest page, CancellationToken cancellationToken) =>
        ToHits(
            await work.QueryAsync<HitRow>(
                $"""
                WITH candidates AS MATERIALIZED (SELECT search_candidates(@Query::tsquery, {int.MaxValue}) AS contact_id),
                     page AS MATERIALIZED (
                         SELECT a.* FROM candidates JOIN activity a USING (contact_id)
                         WHERE true {page.AfterCursor}
                         ORDER BY a.sorted_at DESC, a.contact_id DESC
                         LIMIT @Limit
                     )
                SELECT {HitColumns}
                FROM page a JOIN contacts c USING (workspace_id, contact_id)
                ORDER BY a.sorted_at DESC, a.contact_id DESC
                """,
                page,
                cancellationToken
            )
        );

    private static List<Hit> ToHits(IEnumerable<HitRow> rows) =>
        [
            .. rows.Where(row => row.Card is not null)
                .Select(row => new Hit(
                    JsonSerializer.Deserialize<ContactCard>(row.Card!, StoredCard.Options)!,
                    row.SortedAt,
                    row.LastContactAt,
                    row.CallCount,
                    row.MessageCount,
                    row.ChatCount
                )),
        ];

    private sealed record PageRequest(string? Query, Cursor? After, int Limit)
    {
        public DateTime? At => After?.At.UtcDateTime;
        public Guid? Id => After?.Id;
        public string AfterCursor => After is null ? "" : "AND (a.sorted_at, a.contact_id) < (@At, @Id)";
    }

    private sealed class HitRow
    {
        public bool TooMany { get; init; }
        public string? Card { get; init; }
        public DateTimeOffset SortedAt { get; init; }
        public DateTimeOffset? LastContactAt { get; init; }
        public int CallCount { get; init; }
        public int MessageCount { get; init; }
        public int ChatCount { get; init; }
    }
}
