using Messages;
using Messages.Contacts;
using Messaging.Listening;

namespace Web.Live;

/// <summary>Hears of contacts while this process runs; a page that missed something catches up when it is opened or told of the next.</summary>
internal sealed class HearContacts(ContactNews news)
    : IHearEvents<ContactChanged>,
        IHearEvents<ContactDeleted>,
        IHearEvents<ContactMerged>,
        IHearEvents<ContactActivityChanged>
{
    public Task HearAsync(IReadOnlyList<Event<ContactChanged>> events, CancellationToken cancellationToken) => Tell(events, changed => changed.Contact.Id);

    public Task HearAsync(IReadOnlyList<Event<ContactDeleted>> events, CancellationToken cancellationToken) => Tell(events, deleted => deleted.ContactId);

    /// <summary>The survivor's own change is heard by itself.</summary>
    public Task HearAsync(IReadOnlyList<Event<ContactMerged>> events, CancellationToken cancellationToken) => Tell(events, merged => merged.AbsorbedId);

    public Task HearAsync(IReadOnlyList<Event<ContactActivityChanged>> events, CancellationToken cancellationToken) =>
        Tell(events, activity => activity.ContactId);

    private Task Tell<T>(IReadOnlyList<Event<T>> events, Func<T, Guid> contactOf)
        where T : class
    {
        foreach (var workspace in events.GroupBy(e => e.WorkspaceId))
        {
            news.Tell(workspace.Key, workspace.Select(e => contactOf(e.Data)).ToHashSet());
        }
        return Task.CompletedTask;
    }
}
