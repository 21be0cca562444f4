using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using ServiceDefaults.Api;
using ServiceDefaults.Postgres;

namespace Contacts.Merges;

internal static class ListMerges
{
    /// <summary>List merges</summary>
    /// <remarks>Newest first, also those that were undone.</remarks>
    public static async Task<Ok<Page<MergeResponse>>> HandleAsync(
        UnitOfWork work,
        CancellationToken cancellationToken,
        [FromQuery(Name = "contact_id")] [Description("Only those of this contact, as survivor or as absorbed one.")] Guid? contactId = null,
        [Description("Where to go on: next_cursor of the page before.")] Cursor? cursor = null,
        [Range(1, Page.MaxLimit)] int limit = Page.DefaultLimit
    )
    {
        var rows = await MergeRow.QueryAsync(
            work,
            $"""
            WHERE true {(contactId is null ? "" : "AND (m.survivor_id = @contactId OR m.absorbed_id = @contactId)")}
              {(cursor is null ? "" : "AND (m.merged_at, m.id) < (@at, @after)")}
            ORDER BY m.merged_at DESC, m.id DESC
            LIMIT @rows
            """,
            new
            {
                contactId,
                at = cursor?.At,
                after = cursor?.Id,
                rows = limit + 1,
            },
            cancellationToken
        );
        var page = Page.From(rows, limit, merge => new(merge.MergedAt, merge.Id));
        return TypedResults.Ok(new Page<MergeResponse>([.. page.Data.Select(merge => merge.ToResponse())], page.NextCursor));
    }
}
