using Contacts.Cards;
using Microsoft.AspNetCore.Http.HttpResults;
using ServiceDefaults.Api;
using ServiceDefaults.Postgres;

namespace Contacts.Identities;

internal static class ListIdentities
{
    /// <summary>List a contact's identities</summary>
    /// <remarks>All of them, by kind, the primary one of each first: a contact has at most 20 of each kind.</remarks>
    public static async Task<Results<Ok<Page<IdentityResponse>>, ProblemHttpResult>> HandleAsync(Guid id, UnitOfWork work, CancellationToken cancellationToken)
    {
        var found = await Card.FindAsync(work, id, cancellationToken);
        if (found.Card is not { } card)
        {
            return found.Problem!;
        }
        return TypedResults.Ok(new Page<IdentityResponse>([.. card.State.Identities.Select(IdentityResponse.Of)], null));
    }
}
