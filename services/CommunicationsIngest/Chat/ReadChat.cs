using System.ComponentModel.DataAnnotations;
using CommunicationsIngest.Conversations;
using Microsoft.AspNetCore.Http.HttpResults;
using ServiceDefaults.Api;
using ServiceDefaults.Authentication;
using ServiceDefaults.Postgres;
using ServiceDefaults.Problems;

namespace CommunicationsIngest.Chat;

/// <summary>A message as the visitor sees it: which side wrote it, not who there.</summary>
public sealed record ChatMessageResponse(Guid Id, Messages.CommunicationsIngest.Direction Direction, string Body, DateTimeOffset At);

internal static class ReadChat
{
    /// <summary>Lists the messages of the visitor's own session, oldest first.</summary>
    /// <remarks>With the visitor's token. Ask again with the id of the last message to get what came since.</remarks>
    /// <param name="after">Only what came after this message.</param>
    /// <param name="limit">1 to 200, 50 where it is not given.</param>
    public static async Task<Results<Ok<Page<ChatMessageResponse>>, ProblemHttpResult>> HandleAsync(
        Guid id,
        UnitOfWork work,
        Caller caller,
        CancellationToken cancellationToken,
        Guid? after = null,
        [Range(1, Page.MaxLimit)] int limit = Page.DefaultLimit
    )
    {
        var visitorId = Guid.Parse(caller.Actor.Id);
        var isHis = await work.SingleAsync<bool>(
            "SELECT EXISTS (SELECT FROM chat_sessions WHERE conversation_id = @id AND visitor_id = @visitorId)",
            new { id, visitorId },
            cancellationToken
        );
        if (!isHis)
        {
            return Problem.NotFound("chat session");
        }
        var rows = await work.QueryAsync<MessageRow>(
            $"""
            SELECT {MessageRow.Columns}
            FROM messages m
            WHERE m.conversation_id = @id
              {(after is null ? "" : "AND (m.at, m.id) > (SELECT l.at, l.id FROM messages l WHERE l.conversation_id = @id AND l.id = @after)")}
            ORDER BY m.at, m.id
            LIMIT @limit + 1
            """,
            new
            {
                id,
                after,
                limit,
            },
            cancellationToken
        );
        var page = rows.Take(limit).Select(row => new ChatMessageResponse(row.Id, row.Direction, row.Body, row.At)).ToList();
        return TypedResults.Ok(new Page<ChatMessageResponse>(page, rows.Count > limit ? page[^1].Id.ToString() : null));
    }
}
