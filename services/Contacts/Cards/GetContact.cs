using Microsoft.AspNetCore.Http.HttpResults;
using ServiceDefaults.Api;
using ServiceDefaults.Postgres;
using ServiceDefaults.Problems;

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
        if (await Card.FindAsync(work, id, cancellationToken) is not { } card)
        {
            return Problem.NotFound("contact");
        }
        VersionTag.Write(response, card.Version);
        return TypedResults.Ok(card.ToResponse());
    }
}
