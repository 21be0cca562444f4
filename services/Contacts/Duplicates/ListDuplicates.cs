using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using ServiceDefaults.Api;
using ServiceDefaults.Postgres;

namespace Contacts.Duplicates;

internal static class ListDuplicates
{
    public const string Open = "open";

    /// <summary>List duplicates</summary>
    /// <remarks>Pairs of contacts that may be one person, the likeliest first. They are looked for whenever a contact changes, and go by themselves when the evidence does.</remarks>
    public static async Task<Ok<Page<DuplicateResponse>>> HandleAsync(
        UnitOfWork work,
        CancellationToken cancellationToken,
        [Description("open, dismissed or merged; open where it is not given.")] [AllowedValues("open", "dismissed", "merged")] string status = Open,
        [FromQuery(Name = "min_score")] [Range(0.0, 1.0)] double minScore = 0,
        [FromQuery(Name = "contact_id")] [Description("Only pairs of this contact.")] Guid? contactId = null,
        [Description("Where to go on: next_cursor of the page before.")] Cursor? cursor = null,
        [Range(1, Page.MaxLimit)] int limit = Page.DefaultLimit
    ) => TypedResults.Ok(await ReadAsync(work, status, minScore, contactId, cursor, limit, cancellationToken));

    public static async Task<Page<DuplicateResponse>> ReadAsync(
        UnitOfWork work,
        string status,
        double minScore,
        Guid? contactId,
        Cursor? cursor,
        int limit,
        CancellationToken cancellationToken
    )
    {
        var rows = await DuplicateRow.QueryAsync(
            work,
            $"""
            WHERE d.status = @status AND d.score >= @minScore
              {(contactId is null ? "" : "AND (d.a_id = @contactId OR d.b_id = @contactId)")}
              {(cursor is null ? "" : "AND (d.score, d.id) < (@score, @after)")}
              {(status == Open ? "AND NOT EXISTS (SELECT FROM contacts c WHERE c.id IN (d.a_id, d.b_id) AND c.merged_into IS NOT NULL)" : "")}
            ORDER BY d.score DESC, d.id DESC
            LIMIT @rows
            """,
            new
            {
                status,
                minScore = (short)Math.Ceiling(minScore * 1000),
                contactId,
                score = (short)Math.Min(cursor?.At.Ticks ?? 0, short.MaxValue),
                after = cursor?.Id,
                rows = limit + 1,
            },
            cancellationToken
        );
        var page = Page.From(rows, limit, row => row.Cursor);
        return new(await DuplicateRow.ToResponsesAsync(work, page.Data, cancellationToken), page.NextCursor);
    }
}
