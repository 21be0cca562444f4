using Microsoft.AspNetCore.Http.HttpResults;
using ServiceDefaults.Api;
using ServiceDefaults.Postgres;

namespace Contacts.Cards;

internal static class GetContact
{
    /// <summary>Get a contact</summary>
    public static async Task<Results<Ok<ContactResponse>, ProblemHttpResult>> HandleAsync(
        Guid id,
        UnitOfWork work,
        HttpResponse response,
        CancellationToken cancellationToken
    )
    {
        var found = await Card.FindAsync(work, id, cancellationToken);
        if (found.Card is not { } card)
        {
            return found.Problem!;
        }
        VersionTag.Write(response, card.Version);
        return TypedResults.Ok(card.ToResponse());
    }
}
