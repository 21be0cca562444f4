using Messages.Contacts;
using SearchIndexer.Terms;
using ServiceDefaults.Api;
using ServiceDefaults.Postgres;

namespace SearchIndexer.Engines;

/// <summary>
/// Where contacts are indexed and found. An interface because there are two: PostgreSQL, which needs no extra server, and Elasticsearch, which comes for workspaces that
/// outgrow it. The same behaviour tests run against each.
/// </summary>
/// <remarks>
/// Events come more than once and in any order: a card or an activity older than the stored one changes nothing, and a deletion is final. Each contact is at most once in
/// a batch.
/// </remarks>
internal interface ISearchEngine
{
    Task IndexAsync(UnitOfWork work, IReadOnlyList<ContactCard> cards, CancellationToken cancellationToken);

    Task RemoveAsync(UnitOfWork work, IReadOnlyList<ContactDeleted> deletions, CancellationToken cancellationToken);

    /// <summary>Takes contacts out that others absorbed; a newer card brings them back with their latest activity.</summary>
    Task AbsorbAsync(UnitOfWork work, IReadOnlyList<ContactMerged> merges, CancellationToken cancellationToken);

    Task RecordActivityAsync(UnitOfWork work, IReadOnlyList<ContactActivityChanged> activities, CancellationToken cancellationToken);

    /// <summary>The contacts that match all terms (everybody, where there are none), newest contact first.</summary>
    /// <param name="after">The last row of the page before.</param>
    Task<IReadOnlyList<Hit>> FindAsync(UnitOfWork work, IReadOnlyList<Term> terms, Cursor? after, int limit, CancellationToken cancellationToken);
}

/// <summary>A contact as found.</summary>
/// <param name="SortedAt">The last contact, or the creation of a contact who was never in touch.</param>
internal sealed record Hit(ContactCard Card, DateTimeOffset SortedAt, DateTimeOffset? LastContactAt, int CallCount, int MessageCount, int ChatCount)
{
    public Cursor Cursor => new(SortedAt, Card.Id);
}
