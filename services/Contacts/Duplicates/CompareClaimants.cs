using Messages;
using Messages.Contacts;
using Messaging.Consuming;
using ServiceDefaults.Postgres;

namespace Contacts.Duplicates;

/// <summary>Looks for doubles of contacts that gave a phone or email which another has.</summary>
internal sealed class CompareClaimants(DuplicateSearch search) : IHandleEvents<IdentityClaimed>
{
    public Task HandleAsync(UnitOfWork work, IReadOnlyList<Event<IdentityClaimed>> events, CancellationToken cancellationToken) =>
        search.LookAsync(work, [.. events.Select(e => e.Data.ContactId).Distinct().Order()], cancellationToken);
}
