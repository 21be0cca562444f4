using Contacts.Captures;
using Contacts.Cards;
using Contacts.Workspaces;
using Messages;
using Messages.CommunicationsIngest;
using Messages.Contacts;
using Messaging.Consuming;
using Messaging.Sending;
using ServiceDefaults.Postgres;

namespace Contacts.Activity;

/// <summary>
/// Whoever calls, texts or chats becomes a contact, and each interaction is counted on it. A batch takes the same few statements whether it holds one interaction or
/// hundreds: resolve (and create who is unknown), take what they said of themselves, count.
/// </summary>
internal sealed class RecordInteractions(CaptureIntake intake, Outbox outbox, TimeProvider clock) : IHandleEvents<InteractionRecorded>
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
        await CompleteAsync(work, visits, resolved, now, cancellationToken);
        await CountAsync(work, visits, resolved, cancellationToken);
    }

    /// <summary>What the visitors typed into forms, and what was heard of them before they were known.</summary>
    private async Task CompleteAsync(
        UnitOfWork work,
        IReadOnlyList<Visit> visits,
        ResolvedContacts resolved,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var created = visits
            .Where(visit => resolved.Created.Contains(resolved.ContactOf(visit)))
            .DistinctBy(resolved.ContactOf)
            .ToDictionary(resolved.ContactOf, visit => visit.TraceParent);
        // Contacts before identities' locks, as everybody takes them.
        var known = visits.Where(visit => visit.Forms.Count > 0).Select(resolved.ContactOf).Where(id => !created.ContainsKey(id)).Distinct();
        await Card.LockAllAsync(work, [.. known], cancellationToken);
        await IdentityLock.ShareAsync(
            work,
            [.. visits.Where(visit => created.ContainsKey(resolved.ContactOf(visit))).Select(visit => (visit.Kind, visit.Value))],
            cancellationToken
        );
        var heard = await WaitingCaptures.TakeAsync(work, [.. visits.Select(visit => (visit.Kind, visit.Value))], now, cancellationToken);
        var captures = await ReadAsync(work, visits, resolved, heard, cancellationToken);
        if (captures.Count == 0 && created.Count == 0)
        {
            return;
        }
        var refused = await intake.TakeAsync(work, captures, created, cancellationToken);
        if (refused.Count > 0)
        {
            throw new TimeoutException("Another contact got a phone or email of this batch at the same moment; the next try sees it there.");
        }
    }

    private async Task<IReadOnlyList<Capture>> ReadAsync(
        UnitOfWork work,
        IReadOnlyList<Visit> visits,
        ResolvedContacts resolved,
        IReadOnlyList<((string Kind, string Value) Identity, DetailsCaptured Heard)> heard,
        CancellationToken cancellationToken
    )
    {
        if (heard.Count == 0 && visits.All(visit => visit.Forms.Count == 0))
        {
            return [];
        }
        var country = (await WorkspaceSettings.ReadAsync(work, clock, cancellationToken)).DefaultCountry;
        var visitOf = visits.ToDictionary(visit => (visit.Kind, visit.Value));
        return
        [
            .. visits.SelectMany(visit => FormCaptures.Of(resolved.ContactOf(visit), visit, country)),
            .. heard.SelectMany(one =>
                CapturedDetails.Read(
                    resolved.ContactOf(visitOf[one.Identity]),
                    one.Heard.Details,
                    one.Heard.ConversationId,
                    one.Heard.At,
                    Capture.Listener,
                    one.Identity,
                    country
                )
            ),
        ];
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
