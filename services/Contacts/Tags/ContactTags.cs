using Contacts.Cards;
using ServiceDefaults.Postgres;

namespace Contacts.Tags;

/// <summary>Which contacts have which tags.</summary>
internal static class ContactTags
{
    public const int MaxPerContact = 50;
    public const int MaxPerWorkspace = 1_000;

    /// <summary>Makes the tags that the workspace lacks.</summary>
    /// <returns>All of them by key, as the workspace spells them.</returns>
    public static async Task<IReadOnlyDictionary<string, TagName>> EnsureAsync(
        UnitOfWork work,
        IReadOnlyList<TagName> tags,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        if (tags.Count == 0)
        {
            return new Dictionary<string, TagName>();
        }
        var stored = await FindAsync(work, tags, cancellationToken);
        var missing = tags.Where(tag => !stored.ContainsKey(tag.Key)).OrderBy(tag => tag.Key, StringComparer.Ordinal).ToList();
        if (missing.Count == 0)
        {
            return stored;
        }
        await work.ExecuteAsync(
            """
            INSERT INTO tags (workspace_id, id, name, key, color, is_system, created_at)
            SELECT @WorkspaceId, id, name, key, color, false, @now FROM unnest(@ids, @names, @keys, @colors) AS wanted (id, name, key, color)
            ON CONFLICT DO NOTHING
            """,
            new
            {
                work.WorkspaceId,
                now,
                ids = missing.Select(_ => Guid.CreateVersion7(now)).ToArray(),
                names = missing.Select(tag => tag.Text).ToArray(),
                keys = missing.Select(tag => tag.Key).ToArray(),
                colors = missing.Select(TagColor.For).ToArray(),
            },
            cancellationToken
        );
        return await FindAsync(work, tags, cancellationToken);
    }

    /// <summary>Whether the workspace has more tags than it may after <paramref name="written"/> were made sure of.</summary>
    public static async Task<bool> IsFullAsync(UnitOfWork work, IReadOnlyList<TagName> written, CancellationToken cancellationToken) =>
        written.Count > 0 && await work.SingleAsync<bool>("SELECT count(*) > @MaxPerWorkspace FROM tags", new { MaxPerWorkspace }, cancellationToken);

    public static Task AddAsync(UnitOfWork work, IReadOnlyList<(Guid ContactId, TagName Tag)> added, CancellationToken cancellationToken) =>
        added.Count == 0
            ? Task.CompletedTask
            : work.ExecuteAsync(
                """
                WITH wanted AS (SELECT id, key FROM tags WHERE key = ANY (@keys) FOR KEY SHARE)
                INSERT INTO contact_tags (workspace_id, contact_id, tag_id)
                SELECT @WorkspaceId, contact_id, wanted.id FROM unnest(@contactIds, @keys) AS added (contact_id, key) JOIN wanted USING (key)
                ON CONFLICT DO NOTHING
                """,
                new
                {
                    work.WorkspaceId,
                    contactIds = added.Select(one => one.ContactId).ToArray(),
                    keys = added.Select(one => one.Tag.Key).ToArray(),
                },
                cancellationToken
            );

    /// <summary>Writes how the steps change tags.</summary>
    public static async Task ApplyAsync(UnitOfWork work, IReadOnlyList<Step> steps, CancellationToken cancellationToken)
    {
        await RemoveAsync(
            work,
            [.. steps.SelectMany(step => step.Before.State.Tags.Except(step.After.State.Tags).Select(tag => (step.After.Id, tag)))],
            cancellationToken
        );
        await AddAsync(
            work,
            [.. steps.SelectMany(step => step.After.State.Tags.Except(step.Before.State.Tags).Select(tag => (step.After.Id, tag)))],
            cancellationToken
        );
    }

    private static Task RemoveAsync(UnitOfWork work, IReadOnlyList<(Guid ContactId, TagName Tag)> removed, CancellationToken cancellationToken) =>
        removed.Count == 0
            ? Task.CompletedTask
            : work.ExecuteAsync(
                """
                DELETE FROM contact_tags ct
                USING unnest(@contactIds, @keys) AS removed (contact_id, key) JOIN tags t USING (key)
                WHERE ct.contact_id = removed.contact_id AND ct.tag_id = t.id
                """,
                new { contactIds = removed.Select(one => one.ContactId).ToArray(), keys = removed.Select(one => one.Tag.Key).ToArray() },
                cancellationToken
            );

    private static async Task<IReadOnlyDictionary<string, TagName>> FindAsync(
        UnitOfWork work,
        IReadOnlyList<TagName> tags,
        CancellationToken cancellationToken
    ) =>
        (
            await work.QueryAsync<TagRow>(
                "SELECT name, key FROM tags WHERE key = ANY (@keys)",
                new { keys = tags.Select(tag => tag.Key).ToArray() },
                cancellationToken
            )
        ).ToDictionary(tag => tag.Key, tag => new TagName(tag.Name, tag.Key));

    private sealed record TagRow(string Name, string Key);
}
