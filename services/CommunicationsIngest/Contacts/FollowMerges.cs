using Messages;
using Messages.Contacts;
using Messaging.Consuming;
using ServiceDefaults.Postgres;

namespace CommunicationsIngest.Contacts;

/// <summary>Conversations of an absorbed contact are the survivor's; its own card and identities go, until a newer card of it comes.</summary>
internal sealed class FollowMerges : IHandleEvents<ContactMerged>
{
    public async Task HandleAsync(UnitOfWork work, IReadOnlyList<Event<ContactMerged>> events, CancellationToken cancellationToken)
    {
        var merges = events.Select(e => e.Data).DistinctBy(merge => merge.MergeId).OrderBy(merge => merge.MergeId).ToList();
        await work.ExecuteAsync(
            """
            INSERT INTO contact_merges (workspace_id, merge_id, survivor_id, absorbed_id, absorbed_version, is_undone)
            SELECT @WorkspaceId, merge_id, survivor_id, absorbed_id, version, false
            FROM unnest(@mergeIds, @survivorIds, @absorbedIds, @versions) AS merge (merge_id, survivor_id, absorbed_id, version)
            ON CONFLICT (workspace_id, merge_id) DO UPDATE SET absorbed_version = excluded.absorbed_version
            """,
            new
            {
                work.WorkspaceId,
                mergeIds = merges.Select(merge => merge.MergeId).ToArray(),
                survivorIds = merges.Select(merge => merge.SurvivorId).ToArray(),
                absorbedIds = merges.Select(merge => merge.AbsorbedId).ToArray(),
                versions = merges.Select(merge => merge.AbsorbedVersion).ToArray(),
            },
            cancellationToken
        );
        var absorbed = merges
            .GroupBy(merge => merge.AbsorbedId)
            .Select(of => of.MaxBy(merge => merge.AbsorbedVersion)!)
            .OrderBy(merge => merge.AbsorbedId)
            .ToList();
        await ForgetCardsAsync(work, absorbed, events.Max(e => e.OccurredAt), cancellationToken);
        await MergedConversations.SettleAsync(work, [.. absorbed.Select(merge => merge.AbsorbedId)], cancellationToken);
    }

    private static async Task ForgetCardsAsync(UnitOfWork work, List<ContactMerged> absorbed, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var forgotten = await work.QueryAsync<Guid>(
            """
            INSERT INTO contact_cards AS c (workspace_id, contact_id, version, updated_at, is_absorbed)
            SELECT @WorkspaceId, id, version, @at, true FROM unnest(@ids, @versions) AS absorbed (id, version)
            ON CONFLICT (workspace_id, contact_id) DO UPDATE
            SET version = excluded.version, name = NULL, card = NULL, updated_at = excluded.updated_at, is_absorbed = true
            WHERE c.version < excluded.version AND (c.card IS NOT NULL OR c.is_absorbed)
            RETURNING contact_id
            """,
            new
            {
                work.WorkspaceId,
                ids = absorbed.Select(merge => merge.AbsorbedId).ToArray(),
                versions = absorbed.Select(merge => merge.AbsorbedVersion).ToArray(),
                at = at.ToUniversalTime(),
            },
            cancellationToken
        );
        await work.ExecuteAsync("DELETE FROM contact_identities WHERE contact_id = ANY (@ids)", new { ids = forgotten.ToArray() }, cancellationToken);
    }
}
