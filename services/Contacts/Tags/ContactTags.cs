using ServiceDefaults.Postgres;

namespace Contacts.Tags;

/// <summary>The tags on one contact.</summary>
internal static class ContactTags
{
    public const int MaxPerContact = 50;
    public const int MaxPerWorkspace = 1_000;

    /// <summary>Makes these the contact's tags; those that the workspace lacks are created.</summary>
    /// <returns>False where the workspace would have more tags than it may.</returns>
    public static async Task<bool> ReplaceAsync(
        UnitOfWork work,
        Guid contactId,
        IReadOnlyList<TagName> tags,
        TimeProvider clock,
        CancellationToken cancellationToken
    )
    {
        var keys = tags.Select(tag => tag.Key).ToArray();
        if (await CreateMissingAsync(work, tags, keys, clock, cancellationToken) > 0 && await IsFullAsync(work, cancellationToken))
        {
            return false;
        }
        await work.ExecuteAsync(
            """
            WITH wanted AS (SELECT id FROM tags WHERE key = ANY (@keys) FOR KEY SHARE),
            gone AS (DELETE FROM contact_tags WHERE contact_id = @contactId AND tag_id NOT IN (SELECT id FROM wanted))
            INSERT INTO contact_tags (workspace_id, contact_id, tag_id) SELECT @WorkspaceId, @contactId, id FROM wanted ON CONFLICT DO NOTHING
            """,
            new
            {
                work.WorkspaceId,
                contactId,
                keys,
            },
            cancellationToken
        );
        return true;
    }

    public static Task<bool> IsFullAsync(UnitOfWork work, CancellationToken cancellationToken) =>
        work.SingleAsync<bool>("SELECT count(*) > @MaxPerWorkspace FROM tags", new { MaxPerWorkspace }, cancellationToken);

    private static Task<int> CreateMissingAsync(
        UnitOfWork work,
        IReadOnlyList<TagName> tags,
        string[] keys,
        TimeProvider clock,
        CancellationToken cancellationToken
    ) =>
        work.ExecuteAsync(
            """
            INSERT INTO tags (workspace_id, id, name, key, color, is_system, created_at)
            SELECT @WorkspaceId, id, name, key, color, false, @now
            FROM unnest(@ids, @names, @keys, @colors) AS wanted (id, name, key, color)
            WHERE key NOT IN (SELECT key FROM tags)
            ORDER BY key
            ON CONFLICT DO NOTHING
            """,
            new
            {
                work.WorkspaceId,
                now = clock.GetUtcNow(),
                ids = tags.Select(_ => Guid.CreateVersion7(clock.GetUtcNow())).ToArray(),
                names = tags.Select(tag => tag.Text).ToArray(),
                keys,
                colors = tags.Select(TagColor.For).ToArray(),
            },
            cancellationToken
        );
}
