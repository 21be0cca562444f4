using Messages;
using Messaging.Sending;
using Microsoft.AspNetCore.Http.HttpResults;
using ServiceDefaults.Authentication;
using ServiceDefaults.Postgres;
using ServiceDefaults.Problems;

namespace CommunicationsIngest.Chat;

internal static class DeleteChatWidget
{
    /// <summary>Takes a chat widget away: nobody can begin a chat with it any more. Chats that run go on; past ones stay.</summary>
    public static async Task<Results<NoContent, ProblemHttpResult>> HandleAsync(
        Guid id,
        UnitOfWork work,
        Caller caller,
        Outbox outbox,
        CancellationToken cancellationToken
    )
    {
        if (await work.ExecuteAsync("DELETE FROM chat_widgets WHERE id = @id", new { id }, cancellationToken) == 0)
        {
            return Problem.NotFound("chat widget");
        }
        outbox.Enqueue(work, caller.Actor, new AuditRecorded("chat_widget.deleted", "chat_widget", id.ToString(), new Dictionary<string, string>()));
        return TypedResults.NoContent();
    }
}
