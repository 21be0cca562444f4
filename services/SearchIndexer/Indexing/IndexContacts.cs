using Messages;
using Messages.Contacts;
using Messaging.Consuming;
using SearchIndexer.Engines;
using ServiceDefaults.Postgres;

namespace SearchIndexer.Indexing;

/// <summary>Makes contacts findable by their newest card.</summary>
internal sealed class IndexContacts(ISearchEngine engine) : IHandleEvents<ContactChanged>
{
    public Task HandleAsync(UnitOfWork work, IReadOnlyList<Event<ContactChanged>> events, CancellationToken cancellationToken) =>
        engine.IndexAsync(
            work,
            [.. events.Select(e => e.Data.Contact).GroupBy(card => card.Id).Select(cards => cards.MaxBy(card => card.Version)!)],
            cancellationToken
        );
}
