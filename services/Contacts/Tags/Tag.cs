using ServiceDefaults.Postgres;

namespace Contacts.Tags;

/// <summary>A stored tag, and how many contacts have it.</summary>
internal static class Tag
{
    private const int MaxCounted = 10_000;

    /// <summary>Absorbed contacts keep their tags for the day their merge is undone; they are few, and taken off a count over the index alone.</summary>
    private static readonly string Select = $"""
        WITH absorbed AS (
            SELECT ct.tag_id, count(*)::int AS count FROM contacts c JOIN contact_tags ct ON ct.contact_id = c.id WHERE c.merged_into IS NOT NULL GROUP BY ct.tag_id
        )
        SELECT t.id, t.name, t.color, t.is_system, counted.contacts_count
        FROM tags t
        LEFT JOIN absorbed a ON a.tag_id = t.id
        CROSS JOIN LATERAL (
            SELECT count(*)::int - coalesce(a.count, 0) AS contacts_count
            FROM (SELECT FROM contact_tags ct WHERE ct.tag_id = t.id LIMIT {MaxCounted} + coalesce(a.count, 0)) capped
        ) counted

        """;

    /// <summary>All tags by name.</summary>
    public static Task<IReadOnlyList<TagResponse>> ListAsync(UnitOfWork work, CancellationToken cancellationToken) =>
        work.QueryAsync<TagResponse>(Select + "ORDER BY t.key", null, cancellationToken);

    public static Task<TagResponse?> FindAsync(UnitOfWork work, Guid id, CancellationToken cancellationToken) =>
        work.FirstOrDefaultAsync<TagResponse>(Select + "WHERE t.id = @id", new { id }, cancellationToken);

    /// <summary>Nobody else changes the tags, or gives them to a contact, until the unit of work ends.</summary>
    public static Task LockAsync(UnitOfWork work, Guid[] ids, CancellationToken cancellationToken) =>
        work.ExecuteAsync("SELECT 1 FROM tags WHERE id = ANY (@ids) ORDER BY id FOR UPDATE", new { ids }, cancellationToken);
}
