using Messages;
using Messages.Contacts;
using Messaging.Consuming;
using SearchIndexer.Engines;
using ServiceDefaults.Postgres;

namespace SearchIndexer.Indexing;

/// <summary>Moves contacts to the top of the list when somebody was in touch. May come before the contact's card.</summary>
internal sealed class IndexActivity(ISearchEngine engine) : IHandleEvents<ContactActivityChanged>
{
    public Task HandleAsync(UnitOfWork work, IReadOnlyList<Event<ContactActivityChanged>> events, CancellationToken cancellationToken) =>
        engine.RecordActivityAsync(
            work,
            [.. events.Select(e => e.Data).GroupBy(activity => activity.ContactId).Select(changes => changes.MaxBy(activity => activity.Version)!)],
            cancellationToken
        );
}
