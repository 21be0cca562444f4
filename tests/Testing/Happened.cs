using Messages;

namespace Testing;

public static class Happened
{
    /// <summary>An event of this workspace with an id of its own.</summary>
    public static Event<T> In<T>(Guid workspaceId, T data, DateTimeOffset? at = null)
        where T : class => new(Guid.CreateVersion7(), workspaceId, at ?? TimeProvider.System.GetUtcNow(), Actor.System, null, data);
}
