using Messages;
using Messages.Contacts;
using Messaging.Consuming;
using ServiceDefaults.Postgres;

namespace CommunicationsIngest.Contacts;

/// <summary>Conversations that were linked to the absorbed contact itself are its own again; what came since stays with the survivor. The card comes by itself.</summary>
internal sealed class FollowUndoneMerges : IHandleEvents<ContactMergeUndone>
{
    public async Task HandleAsync(UnitOfWork work, IReadOnlyList<Event<ContactMergeUndone>> events, CancellationToken cancellationToken)
    {
        var undone = events.Select(e => e.Data).DistinctBy(merge => merge.MergeId).OrderBy(merge => merge.MergeId).ToList();
        await work.ExecuteAsync(
            """
            INSERT INTO contact_merges (workspace_id, merge_id, survivor_id, absorbed_id, absorbed_version, is_undone)
            SELECT @WorkspaceId, merge_id, survivor_id, absorbed_id, 0, true
            FROM unnest(@mergeIds, @survivorIds, @absorbedIds) AS merge (merge_id, survivor_id, absorbed_id)
            ON CONFLICT (workspace_id, merge_id) DO UPDATE SET is_undone = true
            """,
            new
            {
                work.WorkspaceId,
                mergeIds = undone.Select(merge => merge.MergeId).ToArray(),
                survivorIds = undone.Select(merge => merge.SurvivorId).ToArray(),
                absorbedIds = undone.Select(merge => merge.AbsorbedId).ToArray(),
            },
            cancellationToken
        );
        await MergedConversations.SettleAsync(work, [.. undone.Select(merge => merge.AbsorbedId)], cancellationToken);
    }
}
