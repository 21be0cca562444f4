using System.Collections.Concurrent;

namespace Web.Live;

/// <summary>Tells open pages of a workspace that contacts changed.</summary>
internal sealed class ContactNews
{
    private readonly ConcurrentDictionary<Guid, Subscription> _subscriptions = [];

    /// <param name="onNews">Called on whatever thread heard it, with the ids of the contacts; must be quick and must not throw.</param>
    /// <returns>Dispose it to hear no more.</returns>
    public IDisposable Subscribe(Guid workspaceId, Action<IReadOnlySet<Guid>> onNews)
    {
        var subscription = new Subscription(this, workspaceId, onNews);
        _subscriptions[subscription.Id] = subscription;
        return subscription;
    }

    public void Tell(Guid workspaceId, IReadOnlySet<Guid> contactIds)
    {
        foreach (var subscription in _subscriptions.Values.Where(subscription => subscription.WorkspaceId == workspaceId))
        {
            subscription.OnNews(contactIds);
        }
    }

    private sealed record Subscription(ContactNews News, Guid WorkspaceId, Action<IReadOnlySet<Guid>> OnNews) : IDisposable
    {
        public Guid Id { get; } = Guid.CreateVersion7();

        public void Dispose() => News._subscriptions.TryRemove(Id, out _);
    }
}
