using Contacts.Cards;
using Contacts.Workspaces;
using Microsoft.AspNetCore.Http.HttpResults;
using ServiceDefaults.Api;
using ServiceDefaults.Authentication;
using ServiceDefaults.Postgres;
using ServiceDefaults.Problems;

namespace Contacts.Identities;

internal static class RemoveIdentity
{
    /// <summary>Take an identity from a contact</summary>
    /// <remarks>The next one of its kind becomes primary. The last identity of a contact cannot be taken (400 <c>identity-required</c>).</remarks>
    public static async Task<Results<NoContent, ProblemHttpResult>> HandleAsync(
        Guid id,
        string kind,
        string value,
        UnitOfWork work,
        ContactUpdate update,
        Caller caller,
        TimeProvider clock,
        HttpContext http,
        CancellationToken cancellationToken
    )
    {
        var found = await Card.LockAsync(work, id, cancellationToken);
        if (found.Card is not { } card)
        {
            return found.Problem!;
        }
        var settings = await WorkspaceSettings.ReadAsync(work, clock, cancellationToken);
        if (GivenIdentity.Find(card, kind, value, settings.DefaultCountry) is not { } identity)
        {
            return Problem.NotFound("identity");
        }
        if (!VersionTag.Matches(http.Request, card.Version))
        {
            return Problem.PreconditionFailed();
        }
        var written = await update.WriteAsync(card, card.State.Without(kind, identity.Value), new(caller.Actor), cancellationToken);
        if (written.Card is not { } changed)
        {
            return written.Problem!;
        }
        VersionTag.Write(http.Response, changed.Version);
        return TypedResults.NoContent();
    }
}
