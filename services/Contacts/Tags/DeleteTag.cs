using Messaging.Sending;
using Microsoft.AspNetCore.Http.HttpResults;
using ServiceDefaults.Authentication;
using ServiceDefaults.Postgres;
using ServiceDefaults.Problems;

namespace Contacts.Tags;

internal static class DeleteTag
{
    /// <summary>Delete a tag</summary>
    /// <remarks>It comes off every contact that has it.</remarks>
    public static async Task<Results<NoContent, ProblemHttpResult>> HandleAsync(
        Guid id,
        UnitOfWork work,
        Caller caller,
        Outbox outbox,
        TimeProvider clock,
        CancellationToken cancellationToken
    )
    {
        var isSystem = await work.FirstOrDefaultAsync<bool?>("SELECT is_system FROM tags WHERE id = @id FOR UPDATE", new { id }, cancellationToken);
        if (isSystem is null)
        {
            return Problem.NotFound("tag");
        }
        if (isSystem.Value)
        {
            return TagProblems.System();
        }
        var touched = await TaggedContacts.TouchAsync(work, id, clock.GetUtcNow(), cancellationToken);
        await work.ExecuteAsync("DELETE FROM tags WHERE id = @id", new { id }, cancellationToken);
        await TaggedContacts.AnnounceAsync(work, outbox, caller.Actor, touched, cancellationToken);
        return TypedResults.NoContent();
    }
}
