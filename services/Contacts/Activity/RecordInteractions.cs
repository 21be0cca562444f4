using Contacts.Cards;
using Messages;
using Messages.CommunicationsIngest;
using Messages.Contacts;
using Messaging.Consuming;
using Messaging.Sending;
using ServiceDefaults.Postgres;

namespace Contacts.Activity;

/// <summary>
/// Whoever calls, texts or chats becomes a contact, and each interaction is counted on it. A batch takes the same few statements whether it holds one interaction or
/// hundreds: resolve (and create who is unknown), fill what is empty, count.
/// </summary>
internal sealed class RecordInteractions(Outbox outbox, TimeProvider clock) : IHandleEvents<InteractionRecorded>
{
    public async Task HandleAsync(UnitOfWork work, IReadOnlyList<Event<InteractionRecorded>> events, CancellationToken cancellationToken)
    {
        var visits = Visit.Gather(events);
        if (visits.Count == 0)
        {
            return;
        }
        var now = clock.GetUtcNow();
        var resolved = await ResolvedContacts.ResolveAsync(work, visits, now, cancellationToken);
        var filled = await EmptyFields.FillAsync(work, visits, resolved, now, cancellationToken);
        await AnnounceCardsAsync(work, visits, resolved, filled, cancellationToken);
        await CountAsync(work, visits, resolved, cancellationToken);
    }

    private async Task AnnounceCardsAsync(
        UnitOfWork work,
        IReadOnlyList<Visit> visits,
        ResolvedContacts resolved,
        IReadOnlyDictionary<Guid, IReadOnlyList<string>> filled,
        CancellationToken cancellationToken
    )
    {
        Guid[] changed = [.. resolved.Created.Union(filled.Keys)];
        if (changed.Length == 0)
        {
            return;
        }
        var traces = visits.ToLookup(resolved.ContactOf, visit => visit.TraceParent);
        foreach (var card in await Card.FindAllAsync(work, changed, cancellationToken))
        {
            var fields = resolved.Created.Contains(card.Id) ? Card.Fields : filled[card.Id];
            outbox.Enqueue(work, Actor.System, new ContactChanged(card.ToMessage(), fields), traces[card.Id].First());
        }
    }

    private async Task CountAsync(UnitOfWork work, IReadOnlyList<Visit> visits, ResolvedContacts resolved, CancellationToken cancellationToken)
    {
        var visitsOf = visits.ToLookup(resolved.ContactOf);
        Guid[] contactIds = [.. visitsOf.Select(contact => contact.Key).Order()];
        var counted = await work.QueryAsync<Counted>(
            """
            INSERT INTO contact_activity AS present (workspace_id, contact_id, version, last_contact_at, call_count, message_count, chat_count)
            SELECT @WorkspaceId, contact_id, 1, at, calls, texts, chats
            FROM unnest(@contactIds, @times, @calls, @texts, @chats) AS batch (contact_id, at, calls, texts, chats)
            ORDER BY contact_id
            ON CONFLICT (workspace_id, contact_id) DO UPDATE SET
                version = present.version + 1,
                last_contact_at = greatest(present.last_contact_at, excluded.last_contact_at),
                call_count = present.call_count + excluded.call_count,
                message_count = present.message_count + excluded.message_count,
                chat_count = present.chat_count + excluded.chat_count
            RETURNING contact_id, version, last_contact_at, call_count, message_count, chat_count
            """,
            new
            {
                work.WorkspaceId,
                contactIds,
                times = contactIds.Select(id => visitsOf[id].Max(visit => visit.LastAt)).ToArray(),
                calls = contactIds.Select(id => visitsOf[id].Sum(visit => visit.Calls)).ToArray(),
                texts = contactIds.Select(id => visitsOf[id].Sum(visit => visit.Texts)).ToArray(),
                chats = contactIds.Select(id => visitsOf[id].Sum(visit => visit.Chats)).ToArray(),
            },
            cancellationToken
        );
        foreach (var contact in counted)
        {
            var conversationIds = visitsOf[contact.ContactId].SelectMany(visit => visit.ConversationIds).Distinct().ToList();
            var changed = new ContactActivityChanged(
                contact.ContactId,
                contact.Version,
                contact.LastContactAt,
                contact.CallCount,
                contact.MessageCount,
                contact.ChatCount,
                conversationIds
            );
            outbox.Enqueue(work, Actor.System, changed, visitsOf[contact.ContactId].First().TraceParent);
        }
    }

    private sealed class Counted
    {
        public Guid ContactId { get; init; }
        public long Version { get; init; }
        public DateTimeOffset LastContactAt { get; init; }
        public int CallCount { get; init; }
        public int MessageCount { get; init; }
        public int ChatCount { get; init; }
    }
}
