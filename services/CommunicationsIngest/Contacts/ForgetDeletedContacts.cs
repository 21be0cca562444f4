using Messages;
using Messages.Contacts;
using Messaging.Consuming;
using ServiceDefaults.Postgres;

namespace CommunicationsIngest.Contacts;

/// <summary>A deleted contact's card goes; what was said stays, under the number, linked to nobody.</summary>
internal sealed class ForgetDeletedContacts : IHandleEvents<ContactDeleted>
{
    public async Task HandleAsync(UnitOfWork work, IReadOnlyList<Event<ContactDeleted>> events, CancellationToken cancellationToken)
    {
        var deleted = events.DistinctBy(e => e.Data.ContactId).OrderBy(e => e.Data.ContactId).ToList();
        var ids = deleted.Select(e => e.Data.ContactId).ToArray();
        await work.ExecuteAsync(
            """
            INSERT INTO contact_cards AS c (workspace_id, contact_id, version, updated_at)
            SELECT @WorkspaceId, * FROM unnest(@ids, @versions, @times)
            ON CONFLICT (workspace_id, contact_id) DO UPDATE
            SET version = greatest(c.version, excluded.version), name = NULL, card = NULL, updated_at = excluded.updated_at, is_absorbed = false
            """,
            new
            {
                work.WorkspaceId,
                ids,
                versions = deleted.Select(e => e.Data.Version).ToArray(),
                times = deleted.Select(e => e.OccurredAt).ToArray(),
            },
            cancellationToken
        );
        await work.ExecuteAsync("DELETE FROM contact_identities WHERE contact_id = ANY (@ids)", new { ids }, cancellationToken);
        await work.ExecuteAsync(
            "UPDATE conversations SET contact_id = NULL, absorbed_contact_id = NULL, linked_at = NULL WHERE contact_id = ANY (@ids)",
            new { ids },
            cancellationToken
        );
    }
}
