using ServiceDefaults.Postgres;

namespace Contacts.Tags;

/// <summary>
/// The tags that every workspace has from the start. Two of them steer the product (nobody tagged so is texted or called by itself), so they can be neither renamed nor
/// deleted.
/// </summary>
internal static class CommonTags
{
    private static readonly (string Name, string Color, bool IsSystem)[] All =
    [
        ("VIP", "#ca8a04", false),
        ("Lead", "#2563eb", false),
        ("Customer", "#059669", false),
        (TagName.DoNotCall.Text, "#dc2626", true),
        ("Prospect", "#0891b2", false),
        ("Callback", "#9333ea", false),
        (TagName.OptOut.Text, "#4b5563", true),
    ];

    public static Task AddAsync(UnitOfWork work, TimeProvider clock, CancellationToken cancellationToken) =>
        work.ExecuteAsync(
            """
            INSERT INTO tags (workspace_id, id, name, key, color, is_system, created_at)
            SELECT @WorkspaceId, id, name, key, color, is_system, @now
            FROM unnest(@ids, @names, @keys, @colors, @areSystem) AS t (id, name, key, color, is_system)
            ON CONFLICT DO NOTHING
            """,
            new
            {
                work.WorkspaceId,
                now = clock.GetUtcNow(),
                ids = All.Select(_ => Guid.CreateVersion7(clock.GetUtcNow())).ToArray(),
                names = All.Select(tag => tag.Name).ToArray(),
                keys = All.Select(tag => tag.Name.ToLowerInvariant()).ToArray(),
                colors = All.Select(tag => tag.Color).ToArray(),
                areSystem = All.Select(tag => tag.IsSystem).ToArray(),
            },
            cancellationToken
        );
}
