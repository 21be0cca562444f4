using Messages;
using Messages.Contacts;
using Messaging.Consuming;
using ServiceDefaults.Postgres;

namespace CommunicationsIngest.Contacts;

/// <summary>
/// Links conversations to the contact for whom they were counted, or to the one that absorbed it. Of two claims the one that occurred later holds; a contact that was deleted
/// meanwhile claims nothing.
/// </summary>
internal sealed class LinkConversations : IHandleEvents<ContactActivityChanged>
{
    public async Task HandleAsync(UnitOfWork work, IReadOnlyList<Event<ContactActivityChanged>> events, CancellationToken cancellationToken)
    {
        var links = events
            .SelectMany(e => e.Data.ConversationIds.Select(id => (ConversationId: id, e.Data.ContactId, At: e.OccurredAt)))
            .GroupBy(link => link.ConversationId)
            .Select(claims => claims.MaxBy(claim => claim.At))
            .OrderBy(link => link.ConversationId)
            .ToList();
        // Most conversations are linked already: only what changes is written. Rows are locked in the order of the id, so that two batches do not deadlock.
        await work.ExecuteAsync(
            $"""
            {MergedConversations.LockToLink}
            WITH linked AS MATERIALIZED (
                SELECT conversation_id, contact_id AS linked_id, surviving_contact(contact_id) AS contact_id, at
                FROM unnest(@conversationIds, @contactIds, @times) AS l (conversation_id, contact_id, at)
            ),
            claims AS (
                SELECT c.id, l.linked_id, l.contact_id, l.at
                FROM linked l
                JOIN conversations c ON c.id = l.conversation_id
                WHERE (c.contact_id IS DISTINCT FROM l.contact_id OR c.linked_at IS NULL) AND (c.linked_at IS NULL OR c.linked_at < l.at)
                  AND NOT EXISTS (SELECT FROM contact_cards d WHERE d.contact_id = l.contact_id AND d.card IS NULL AND NOT d.is_absorbed)
                ORDER BY c.id
                FOR UPDATE OF c
            )
            UPDATE conversations c
            SET contact_id = claims.contact_id, absorbed_contact_id = nullif(claims.linked_id, claims.contact_id), linked_at = claims.at
            FROM claims
            WHERE c.id = claims.id
            """,
            new
            {
                work.WorkspaceId,
                conversationIds = links.Select(link => link.ConversationId).ToArray(),
                contactIds = links.Select(link => link.ContactId).ToArray(),
                times = links.Select(link => link.At).ToArray(),
            },
            cancellationToken
        );
    }
}
