using Contacts.Cards;
using Microsoft.AspNetCore.Http.HttpResults;
using ServiceDefaults.Api;
using ServiceDefaults.Authentication;
using ServiceDefaults.Postgres;

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
        var found = await NamedIdentity.LockAsync(work, id, kind, value, http.Request, clock, cancellationToken);
        if (found.Identity is not { } identity)
        {
            return found.Problem!;
        }
        var card = found.Card!;
        var written = await update.WriteAsync(card, card.State.Without(kind, identity.Value), new(caller.Actor), cancellationToken);
        if (written.Card is not { } changed)
        {
            return written.Problem!;
        }
        VersionTag.Write(http.Response, changed.Version);
        return TypedResults.NoContent();
    }
}
