using Contacts.Audit;
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
        AuditLog audit,
        HttpRequest request,
        CancellationToken cancellationToken
    )
    {
        // The strongest lock at once: a weaker one first would deadlock with the calls that are being counted on the contact.
        await work.ExecuteAsync("SELECT 1 FROM contacts WHERE id = @id FOR UPDATE", new { id }, cancellationToken);
        var found = await Card.FindAsync(work, id, cancellationToken);
        if (found.Card is not { } card)
        {
            return found.Problem!;
        }
        if (!VersionTag.Matches(request, card.Version))
        {
            return Problem.PreconditionFailed();
        }
        await work.ExecuteAsync("DELETE FROM contacts WHERE id = @id", new { id }, cancellationToken);
        audit.Add(work, caller.Actor, "contact.deleted", "contact", id.ToString());
        outbox.Enqueue(work, caller.Actor, new ContactDeleted(id, card.Version + 1));
        return TypedResults.NoContent();
    }
}
