using Web.Api;

namespace Web.Contacts;

/// <summary>The rows on the screen, newest contact first.</summary>
public sealed record LoadedContacts(string Query, IReadOnlyList<Contact> Rows, string? NextCursor)
{
    /// <summary>A contact that moved up while the next page was asked for may be on both: it stays where it was.</summary>
    public LoadedContacts Append(Page<Contact> page) => this with { Rows = [.. Rows.UnionBy(page.Data, row => row.Id)], NextCursor = page.NextCursor };

    /// <summary>The newest rows replace theirs; those that were loaded beyond them stay.</summary>
    public LoadedContacts Refresh(Page<Contact> newest) =>
        newest.NextCursor is null || newest.Data.Count >= Rows.Count
            ? this with
            {
                Rows = newest.Data,
                NextCursor = newest.NextCursor,
            }
            : this with
            {
                Rows = [.. newest.Data.UnionBy(Rows.Skip(newest.Data.Count), row => row.Id)],
            };
}
