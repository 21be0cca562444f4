using Web.Api;

namespace Web.Contacts;

/// <summary>The entries on the screen, newest first.</summary>
public sealed record LoadedTimeline(Guid ContactId, IReadOnlyList<TimelineEntry> Entries, string? NextCursor)
{
    public LoadedTimeline Append(Page<TimelineEntry> page) =>
        this with
        {
            Entries = [.. Entries.UnionBy(page.Data, entry => entry.Id)],
            NextCursor = page.NextCursor,
        };

    /// <summary>A conversation only grows: what is new comes on top, what changed (a call that ended) is replaced, what was loaded below stays.</summary>
    public LoadedTimeline Refresh(Page<TimelineEntry> newest) =>
        this with
        {
            Entries = [.. newest.Data.UnionBy(Entries, entry => entry.Id).OrderByDescending(entry => entry.At).ThenByDescending(entry => entry.Id)],
        };
}
