using Contacts.Audit;
using Microsoft.AspNetCore.Http.HttpResults;
using ServiceDefaults.Api;
using ServiceDefaults.Authentication;
using ServiceDefaults.Postgres;
using ServiceDefaults.Problems;

namespace Contacts.Cards;

internal static class DeleteContact
{
    /// <summary>Delete a contact for good</summary>
    /// <remarks>
    /// With it goes all that is known of it, contacts that were merged into it included. Its conversations stay, under the number. Whoever calls or texts from it again becomes
    /// a new contact. To have the conversations emptied as well, and the person kept from coming back by imports, make an erasure.
    /// </remarks>
    public static async Task<Results<NoContent, ProblemHttpResult>> HandleAsync(
        Guid id,
        UnitOfWork work,
        Caller caller,
        ContactRemoval removal,
        AuditLog audit,
        TimeProvider clock,
        HttpRequest request,
        CancellationToken cancellationToken
    )
    {
        await ContactRemoval.LockAsync(work, [id], cancellationToken);
        var found = await Card.FindAsync(work, id, cancellationToken);
        if (found.Card is not { } card)
        {
            return found.Problem!;
        }
        if (!VersionTag.Matches(request, card.Version))
        {
            return Problem.PreconditionFailed();
        }
        await removal.RemoveAsync(work, caller.Actor, [id], isErased: false, clock.GetUtcNow(), cancellationToken);
        audit.Add(work, caller.Actor, "contact.deleted", "contact", id.ToString());
        return TypedResults.NoContent();
    }
}
