using Contacts.Cards;
using Microsoft.AspNetCore.Http.HttpResults;
using ServiceDefaults.Postgres;

namespace Contacts.Avatars;

internal static class GetAvatar
{
    /// <summary>Get a contact's picture</summary>
    /// <remarks>
    /// The uploaded one (WebP), or one that is made of the contact's initials (SVG). Ask again with <c>If-None-Match</c>: 304 while it is the same. A page with many of them
    /// takes <c>avatar_url</c> of the contacts instead, which need not be asked for twice.
    /// </remarks>
    /// <param name="size">Width and height in pixels.</param>
    public static async Task<Results<FileContentHttpResult, ProblemHttpResult>> HandleAsync(
        Guid id,
        UnitOfWork work,
        HttpResponse response,
        CancellationToken cancellationToken,
        int size = AvatarSize.Default
    )
    {
        if (AvatarSize.Check(size) is { } refused)
        {
            return refused;
        }
        var found = await Card.FindAsync(work, id, cancellationToken);
        if (found.Card is not { } card)
        {
            return found.Problem!;
        }
        return (await ContactAvatar.PresentAsync(work, card, size, cancellationToken)).ToResult(response, "private, no-cache");
    }
}
