using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using ServiceDefaults.Api;
using ServiceDefaults.Postgres;

namespace Contacts.Erasures;

internal static class ListErasures
{
    /// <summary>List erasures</summary>
    /// <remarks>Newest first.</remarks>
    public static async Task<Ok<Page<ErasureResponse>>> HandleAsync(
        UnitOfWork work,
        CancellationToken cancellationToken,
        [Description("Where to go on: next_cursor of the page before.")] Cursor? cursor = null,
        [Range(1, Page.MaxLimit)] int limit = Page.DefaultLimit
    )
    {
        var rows = await work.QueryAsync<ErasureRow>(
            $"""
            SELECT {ErasureRow.Columns} FROM erasures {(cursor is null ? "" : "WHERE (requested_at, id) < (@at, @id)")}
            ORDER BY requested_at DESC, id DESC
            LIMIT @rows
            """,
            new
            {
                at = cursor?.At,
                id = cursor?.Id,
                rows = limit + 1,
            },
            cancellationToken
        );
        var page = Page.From(rows, limit, row => new(row.RequestedAt, row.Id));
        return TypedResults.Ok(new Page<ErasureResponse>([.. page.Data.Select(row => row.ToResponse())], page.NextCursor));
    }
}
