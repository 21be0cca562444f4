using Messages;
using Messages.Contacts;
using Messaging.Consuming;
using SearchIndexer.Engines;
using ServiceDefaults.Postgres;

namespace SearchIndexer.Indexing;

/// <summary>An absorbed contact is found through its survivor, until its merge is undone: then a newer card of it comes.</summary>
internal sealed class RemoveAbsorbedContacts(ISearchEngine engine) : IHandleEvents<ContactMerged>
{
    public Task HandleAsync(UnitOfWork work, IReadOnlyList<Event<ContactMerged>> events, CancellationToken cancellationToken) =>
        engine.AbsorbAsync(
            work,
            [.. events.Select(e => e.Data).GroupBy(merge => merge.AbsorbedId).Select(merges => merges.MaxBy(merge => merge.AbsorbedVersion)!)],
            cancellationToken
        );
}
