namespace ServiceDefaults.Api;

/// <summary>One page of a list.</summary>
/// <param name="Data">The rows.</param>
/// <param name="NextCursor">Pass it as <c>cursor</c> for the next page; null on the last one. Opaque, and good for as long as the rows live.</param>
public sealed record Page<T>(IReadOnlyList<T> Data, string? NextCursor);

public static class Page
{
    public const int DefaultLimit = 50;
    public const int MaxLimit = 200;

    /// <summary>Builds a page from one row more than was asked for: that row's presence says that there is a next page.</summary>
    public static Page<T> From<T>(IReadOnlyList<T> rowsAndOneMore, int limit, Func<T, Cursor> cursorOf)
    {
        ArgumentNullException.ThrowIfNull(rowsAndOneMore);
        ArgumentNullException.ThrowIfNull(cursorOf);
        if (rowsAndOneMore.Count <= limit)
        {
            return new(rowsAndOneMore, null);
        }
        var rows = rowsAndOneMore.Take(limit).ToList();
        return new(rows, cursorOf(rows[^1]).ToString());
    }
}
