using CommunicationsIngest.Summaries;
using Microsoft.AspNetCore.Http.HttpResults;
using ServiceDefaults.Authentication;
using ServiceDefaults.Postgres;
using ServiceDefaults.Problems;

namespace CommunicationsIngest.Chat;

internal static class EndChat
{
    /// <summary>The visitor ends the chat. Ending it again changes nothing.</summary>
    /// <remarks>With the visitor's token.</remarks>
    public static async Task<Results<NoContent, ProblemHttpResult>> HandleAsync(
        Guid id,
        UnitOfWork work,
        Caller caller,
        ReadingSignal signal,
        TimeProvider clock,
        CancellationToken cancellationToken
    )
    {
        if (await ChatMessage.FindAsync(work, id, Guid.Parse(caller.Actor.Id), cancellationToken) is null)
        {
            return Problem.NotFound("chat session");
        }
        await work.ExecuteAsync(
            """
            UPDATE conversation_activity
            SET state = 'closed', ended_at = greatest(@now, last_activity_at), last_activity_at = greatest(@now, last_activity_at)
            WHERE conversation_id = @id AND state = 'open'
            """,
            new { id, now = clock.GetUtcNow() },
            cancellationToken
        );
        work.AfterCommit(signal.Raise);
        return TypedResults.NoContent();
    }
}
