using Contacts.Cards;
using ServiceDefaults.Postgres;

namespace Contacts.Avatars;

/// <summary>Uploaded pictures of a contact, the one that is shown and those before it.</summary>
internal static class StoredAvatar
{
    /// <summary>The latest of a contact that are kept.</summary>
    public const int MaxPerContact = 10;

    /// <returns>null where the contact has no such picture, or never had.</returns>
    public static Task<byte[]?> FindAsync(UnitOfWork work, Card card, string hash, int size, CancellationToken cancellationToken) =>
        work.FirstOrDefaultAsync<byte[]>(
            """
            SELECT content
            FROM avatars
            WHERE hash = @hash AND size = @size
              AND (@isShown OR contact_id = @Id OR contact_id IN (SELECT id FROM contacts WHERE merged_into = @Id))
            LIMIT 1
            """,
            new
            {
                card.Id,
                hash,
                size,
                isShown = hash == card.State.Avatar,
            },
            cancellationToken
        );

    public static async Task AddAsync(UnitOfWork work, Guid contactId, Picture picture, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await work.ExecuteAsync(
            """
            INSERT INTO avatars (workspace_id, hash, size, contact_id, content, uploaded_at)
            SELECT @WorkspaceId, @Hash, size, @contactId, content, @now
            FROM unnest(@sizes, @contents) AS picture (size, content)
            ON CONFLICT (workspace_id, hash, size, contact_id) DO UPDATE SET uploaded_at = excluded.uploaded_at
            """,
            new
            {
                work.WorkspaceId,
                picture.Hash,
                contactId,
                now,
                sizes = picture.Contents.Keys.ToArray(),
                contents = picture.Contents.Values.ToArray(),
            },
            cancellationToken
        );
        await work.ExecuteAsync(
            """
            DELETE FROM avatars
            WHERE contact_id = @contactId
              AND hash NOT IN (
                  SELECT hash FROM avatars WHERE contact_id = @contactId AND size = @Largest ORDER BY uploaded_at DESC, hash LIMIT @MaxPerContact
              )
            """,
            new
            {
                contactId,
                AvatarSize.Largest,
                MaxPerContact,
            },
            cancellationToken
        );
    }
}
