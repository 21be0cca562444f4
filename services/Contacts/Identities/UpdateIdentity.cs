using Contacts.Cards;
using Microsoft.AspNetCore.Http.HttpResults;
using ServiceDefaults.Api;
using ServiceDefaults.Authentication;
using ServiceDefaults.Postgres;
using ServiceDefaults.Problems;

namespace Contacts.Identities;

/// <param name="IsPrimary">True makes it the primary one in place of the present one; absent: stays as it is.</param>
/// <param name="IsShared">Whether several people use it; absent: stays as it is.</param>
public sealed record UpdateIdentityRequest(bool? IsPrimary = null, bool? IsShared = null);

internal static class UpdateIdentity
{
    /// <summary>Make an identity primary, or mark it as shared</summary>
    public static async Task<Results<Ok<IdentityResponse>, ProblemHttpResult>> HandleAsync(
        Guid id,
        string kind,
        string value,
        UpdateIdentityRequest request,
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
        if (identity.IsPrimary && request.IsPrimary == false)
        {
            return Problem.Invalid("is_primary", "is_primary: make another one primary instead.");
        }
        var after = card.State.With(kind, identity.Value, request.IsPrimary ?? identity.IsPrimary, request.IsShared ?? identity.IsShared);
        var written = await update.WriteAsync(card, after, new(caller.Actor), cancellationToken);
        if (written.Card is not { } changed)
        {
            return written.Problem!;
        }
        VersionTag.Write(http.Response, changed.Version);
        return TypedResults.Ok(IdentityResponse.Of(changed.State.Identities.First(one => one.IsSameAs(identity))));
    }
}
