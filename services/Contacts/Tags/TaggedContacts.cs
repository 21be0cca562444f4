using Contacts.Cards;
using Messages;
using Messages.Contacts;
using Messaging.Sending;
using ServiceDefaults.Postgres;

namespace Contacts.Tags;

/// <summary>The contacts that carry a tag, when the tag itself changes: all of them change at once, and each is told of.</summary>
internal static class TaggedContacts
{
    private const int PerRead = 500;

    /// <summary>Counts the change on every contact with the tag. Call it before the tag goes.</summary>
    public static async Task<Guid[]> TouchAsync(UnitOfWork work, Guid tagId, DateTimeOffset now, CancellationToken cancellationToken) =>
        [
            .. await work.QueryAsync<Guid>(
                """
                UPDATE contacts c SET version = version + 1, updated_at = @now
                FROM contact_tags ct
                WHERE ct.tag_id = @tagId AND ct.contact_id = c.id
                RETURNING c.id
                """,
                new { tagId, now },
                cancellationToken
            ),
        ];

    /// <summary>Call it when the tag has its new form.</summary>
    public static async Task AnnounceAsync(UnitOfWork work, Outbox outbox, Actor actor, Guid[] contactIds, CancellationToken cancellationToken)
    {
        foreach (var ids in contactIds.Chunk(PerRead))
        {
            foreach (var card in await Card.FindAllAsync(work, ids, cancellationToken))
            {
                outbox.Enqueue(work, actor, new ContactChanged(card.ToMessage(), ["tags"]));
            }
        }
    }
}
