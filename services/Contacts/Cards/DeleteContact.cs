using Messages.Contacts;
using Messaging.Sending;
using Microsoft.AspNetCore.Http.HttpResults;
using ServiceDefaults.Api;
using ServiceDefaults.Authentication;
using ServiceDefaults.Postgres;
using ServiceDefaults.Problems;

namespace Contacts.Cards;

internal static class DeleteContact
{
    /// <summary>Delete a contact for good</summary>
    /// <remarks>Its conversations stay, under the number. Whoever calls or texts from it again becomes a new contact.</remarks>
    public static async Task<Results<NoContent, ProblemHttpResult>> HandleAsync(
        Guid id,
        UnitOfWork work,
        Caller caller,
        Outbox outbox,
        HttpRequest request,
        CancellationToken cancellationToken
    )
    {
        var version = await work.FirstOrDefaultAsync<long?>("SELECT version FROM contacts WHERE id = @id FOR UPDATE", new { id }, cancellationToken);
        if (version is null)
        {
            return Problem.NotFound("contact");
        }
        if (!VersionTag.Matches(request, version.Value))
        {
            return Problem.PreconditionFailed();
        }
        await work.ExecuteAsync("DELETE FROM contacts WHERE id = @id", new { id }, cancellationToken);
        outbox.Enqueue(work, caller.Actor, new ContactDeleted(id, version.Value + 1));
        return TypedResults.NoContent();
    }
}
