using ServiceDefaults.Postgres;

namespace CommunicationsIngest.Contacts;

/// <summary>
/// Conversations remember the contact to which they were linked; whose they are follows from that and from the merges known so far. So the events of merges, of their undoing
/// and of links may come in any order and end the same.
/// </summary>
internal static class MergedConversations
{
    /// <summary>
    /// Until the end of the transaction nobody else links or merges: put before a statement, it makes that see all that was linked or merged before. Those who only link do not wait
    /// for each other.
    /// </summary>
    public const string LockToLink = "SELECT pg_advisory_xact_lock_shared(hashtextextended('merges ' || @WorkspaceId, 0));";

    private const string LockToMerge = "SELECT pg_advisory_xact_lock(hashtextextended('merges ' || @WorkspaceId, 0));";

    /// <summary>Looks again whose the conversations of these contacts, and of all that ever became part of them, are.</summary>
    public static Task SettleAsync(UnitOfWork work, Guid[] contactIds, CancellationToken cancellationToken) =>
        work.ExecuteAsync(
            $"""
            {LockToMerge}
            WITH RECURSIVE part AS (
                SELECT unnest(@contactIds) AS id
                UNION
                SELECT m.absorbed_id FROM part JOIN contact_merges m ON m.survivor_id = part.id
            ),
            place AS MATERIALIZED (SELECT id AS linked_id, surviving_contact(id) AS contact_id FROM part),
            settled AS (
                SELECT c.workspace_id, c.id, place.linked_id, place.contact_id,
                       EXISTS (SELECT FROM contact_cards d WHERE d.contact_id = place.contact_id AND d.card IS NULL AND NOT d.is_absorbed) AS is_deleted
                FROM place
                JOIN conversations c ON c.contact_id = place.linked_id AND c.absorbed_contact_id IS NULL OR c.absorbed_contact_id = place.linked_id
                WHERE c.contact_id IS DISTINCT FROM place.contact_id
                ORDER BY c.id
                FOR UPDATE OF c
            )
            UPDATE conversations c
            SET contact_id = CASE WHEN NOT settled.is_deleted THEN settled.contact_id END,
                absorbed_contact_id = CASE WHEN NOT settled.is_deleted THEN nullif(settled.linked_id, settled.contact_id) END
            FROM settled
            WHERE c.workspace_id = settled.workspace_id AND c.id = settled.id
            """,
            new { work.WorkspaceId, contactIds },
            cancellationToken
        );
}
