using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using ServiceDefaults.Api;
using ServiceDefaults.Postgres;
using ServiceDefaults.Problems;

namespace CommunicationsIngest.Conversations;

internal static class ListMessages
{
    /// <summary>Lists a conversation's messages, newest first.</summary>
    /// <param name="limit">1 to 200, 50 where it is not given.</param>
    /// <param name="cursor">The next_cursor of the page before.</param>
    public static async Task<Results<Ok<Page<MessageResponse>>, ProblemHttpResult>> HandleAsync(
        Guid id,
        UnitOfWork work,
        CancellationToken cancellationToken,
        [Range(1, Page.MaxLimit)] int limit = Page.DefaultLimit,
        Cursor? cursor = null
    )
    {
        var rows = await work.QueryAsync<MessageRow>(
            $"""
            SELECT {MessageRow.Columns}
            FROM messages m
            WHERE m.conversation_id = @id {(cursor is null ? "" : "AND (m.at, m.id) < (@at, @after)")}
            ORDER BY m.at DESC, m.id DESC
            LIMIT @limit + 1
            """,
            new
            {
                id,
                limit,
                at = cursor?.At,
                after = cursor?.Id,
            },
            cancellationToken
        );
        if (rows.Count == 0 && !await ExistsAsync(work, id, cancellationToken))
        {
            return Problem.NotFound("conversation");
        }
        var page = Page.From(rows, limit, row => new Cursor(row.At, row.Id));
        return TypedResults.Ok(new Page<MessageResponse>([.. page.Data.Select(row => row.ToResponse())], page.NextCursor));
    }

    private static Task<bool> ExistsAsync(UnitOfWork work, Guid id, CancellationToken cancellationToken) =>
        work.SingleAsync<bool>("SELECT EXISTS (SELECT FROM conversations WHERE id = @id)", new { id }, cancellationToken);
}
