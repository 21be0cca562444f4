using Messages;
using Messages.Contacts;
using Messaging.Consuming;
using SearchIndexer.Engines;
using ServiceDefaults.Postgres;

namespace SearchIndexer.Indexing;

/// <summary>Forgets deleted contacts, for good: ids are never given twice.</summary>
internal sealed class RemoveDeletedContacts(ISearchEngine engine) : IHandleEvents<ContactDeleted>
{
    public Task HandleAsync(UnitOfWork work, IReadOnlyList<Event<ContactDeleted>> events, CancellationToken cancellationToken) =>
        engine.RemoveAsync(work, [.. events.Select(e => e.Data).DistinctBy(deleted => deleted.ContactId)], cancellationToken);
}
