using Contacts.Cards;
using Contacts.MassChanges;
using ServiceDefaults.Postgres;

namespace Contacts.Tags;

/// <summary>The contacts that carry a tag, when the tag itself changes: all of them change at once, and each is told of.</summary>
internal sealed class TaggedContacts(MassChange mass)
{
    /// <summary>Nobody else changes them until the unit of work ends. Call it before the tag is locked: who writes a contact comes that way too.</summary>
    public static Task LockAsync(UnitOfWork work, Guid tagId, CancellationToken cancellationToken) =>
        MassChange.LockAsync(work, "SELECT contact_id FROM contact_tags WHERE tag_id = @tagId", new { tagId }, cancellationToken);

    /// <summary>Writes the change on every contact with the tag. Call it before the tag has its new form, or goes.</summary>
    /// <param name="after">The tag's new name, or that of the tag which takes its place; null where it goes.</param>
    /// <returns>How many contacts have the tag.</returns>
    public Task<int> WriteAsync(UnitOfWork work, Origin origin, Guid tagId, TagName? after, DateTimeOffset now, CancellationToken cancellationToken) =>
        mass.WriteAsync(
            work,
            origin,
            "tags",
            """
            SELECT ct.contact_id AS id, jsonb_agg(t.name ORDER BY t.key) AS before,
                   coalesce(
                       jsonb_agg(CASE WHEN t.id = @tagId THEN @name ELSE t.name END ORDER BY CASE WHEN t.id = @tagId THEN @key ELSE t.key END)
                           FILTER (WHERE CASE WHEN t.id = @tagId THEN @name::text IS NOT NULL ELSE t.key IS DISTINCT FROM @key END),
                       '[]'
                   ) AS after
            FROM contact_tags tagged
            JOIN contact_tags ct ON ct.workspace_id = tagged.workspace_id AND ct.contact_id = tagged.contact_id
            JOIN tags t ON t.workspace_id = ct.workspace_id AND t.id = ct.tag_id
            WHERE tagged.tag_id = @tagId
            GROUP BY ct.contact_id
            """,
            new
            {
                tagId,
                name = after?.Text,
                key = after?.Key,
            },
            now,
            cancellationToken
        );
}
