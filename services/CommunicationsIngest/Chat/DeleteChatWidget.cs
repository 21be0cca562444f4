using Microsoft.AspNetCore.Http.HttpResults;
using ServiceDefaults.Postgres;
using ServiceDefaults.Problems;

namespace CommunicationsIngest.Chat;

internal static class DeleteChatWidget
{
    /// <summary>Takes a chat widget away: nobody can begin a chat with it any more. Chats that run go on; past ones stay.</summary>
    public static async Task<Results<NoContent, ProblemHttpResult>> HandleAsync(Guid id, UnitOfWork work, CancellationToken cancellationToken) =>
        await work.ExecuteAsync("DELETE FROM chat_widgets WHERE id = @id", new { id }, cancellationToken) == 1
            ? TypedResults.NoContent()
            : Problem.NotFound("chat widget");
}
