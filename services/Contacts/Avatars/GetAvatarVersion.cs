using Contacts.Cards;
using Microsoft.AspNetCore.Http.HttpResults;
using ServiceDefaults.Postgres;
using ServiceDefaults.Problems;

namespace Contacts.Avatars;

internal static class GetAvatarVersion
{
    /// <summary>Get one of a contact's pictures</summary>
    /// <remarks>
    /// <c>avatar_url</c> of a contact leads here. What is found under this URL never changes: another picture, or another name on a generated one, has another URL. Of
    /// uploaded pictures the ten latest are kept.
    /// </remarks>
    /// <param name="size">Width and height in pixels.</param>
    public static async Task<Results<FileContentHttpResult, ProblemHttpResult>> HandleAsync(
        Guid id,
        string hash,
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
        if (await ContactAvatar.FindAsync(work, card, hash, size, cancellationToken) is { } avatar)
        {
            return avatar.ToResult(response, "private, max-age=31536000, immutable");
        }
        if (hash == card.State.Avatar)
        {
            // A change back to a picture that is kept no more.
            return (await ContactAvatar.PresentAsync(work, card, size, cancellationToken)).ToResult(response, "private, no-cache");
        }
        return Problem.NotFound("avatar");
    }
}
