using Microsoft.AspNetCore.Http.HttpResults;
using ServiceDefaults.Postgres;
using ServiceDefaults.Problems;

namespace CommunicationsIngest.Conversations;

internal static class GetConversation
{
    /// <summary>Reads one conversation, without its messages.</summary>
    public static async Task<Results<Ok<ConversationResponse>, ProblemHttpResult>> HandleAsync(Guid id, UnitOfWork work, CancellationToken cancellationToken) =>
        await work.FirstOrDefaultAsync<ConversationRow>($"{ConversationRow.Select} WHERE a.conversation_id = @id", new { id }, cancellationToken) is { } row
            ? TypedResults.Ok(row.ToResponse())
            : Problem.NotFound("conversation");
}
