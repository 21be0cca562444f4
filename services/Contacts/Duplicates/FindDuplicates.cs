using Messages;
using Messages.Contacts;
using Messaging.Consuming;
using ServiceDefaults.Postgres;

namespace Contacts.Duplicates;

/// <summary>Looks for doubles of every contact whose name, company or identities change.</summary>
internal sealed class FindDuplicates(DuplicateSearch search) : IHandleEvents<ContactChanged>
{
    private static readonly string[] Telling = ["name", "company", "identities"];

    public Task HandleAsync(UnitOfWork work, IReadOnlyList<Event<ContactChanged>> events, CancellationToken cancellationToken) =>
        search.LookAsync(
            work,
            [.. events.Where(e => e.Data.Changed.Intersect(Telling).Any()).Select(e => e.Data.Contact.Id).Distinct().Order()],
            cancellationToken
        );
}
