using Contacts.Cards;
using Microsoft.AspNetCore.Http.HttpResults;
using ServiceDefaults.Api;
using ServiceDefaults.Authentication;
using ServiceDefaults.Postgres;
using ServiceDefaults.Problems;

namespace Contacts.Avatars;

internal static class RemoveAvatar
{
    /// <summary>Remove a contact's picture</summary>
    /// <remarks>
    /// The generated one is shown again; nothing happens where it is shown already. With <c>If-Match</c>, only if the picture still is the one with that ETag (412
    /// otherwise).
    /// </remarks>
    public static async Task<Results<NoContent, ProblemHttpResult>> HandleAsync(
        Guid id,
        HttpRequest request,
        UnitOfWork work,
        Caller caller,
        ContactUpdate update,
        CancellationToken cancellationToken
    )
    {
        var found = await Card.LockAsync(work, id, cancellationToken);
        if (found.Card is not { } before)
        {
            return found.Problem!;
        }
        if (!VersionTag.Matches(request, ContactAvatar.HashOf(before)))
        {
            return Problem.PreconditionFailed();
        }
        var written = await update.WriteAsync(before, before.State with { Avatar = null }, new(caller.Actor), cancellationToken);
        return written.Card is null ? written.Problem! : TypedResults.NoContent();
    }
}
