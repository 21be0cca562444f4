using Contacts.Cards;
using Microsoft.AspNetCore.Http.HttpResults;
using ServiceDefaults.Api;
using ServiceDefaults.Authentication;
using ServiceDefaults.Postgres;
using ServiceDefaults.Problems;

namespace Contacts.Avatars;

internal static class UploadAvatar
{
    /// <summary>Upload a contact's picture</summary>
    /// <remarks>
    /// The body is a PNG, JPEG or WebP, at most 5 MB and 40 megapixels. What is kept of it is its square middle, upright, without metadata (place, camera), in the sizes that
    /// are served; of an animation the first picture. With <c>If-Match</c>, only if the picture still is the one with that ETag (412 otherwise).
    /// </remarks>
    public static async Task<Results<Ok<ContactResponse>, ProblemHttpResult>> HandleAsync(
        Guid id,
        HttpContext http,
        PictureReader reader,
        UnitOfWork work,
        Caller caller,
        ContactUpdate update,
        TimeProvider clock,
        CancellationToken cancellationToken
    )
    {
        if (await ReadBodyAsync(http.Request, cancellationToken) is not { } body)
        {
            return AvatarProblems.TooLarge();
        }
        // Before the first statement: no transaction waits for a picture to be decoded.
        var read = await reader.ReadAsync(body, cancellationToken);
        if (read.Picture is not { } picture)
        {
            http.Response.Headers.RetryAfter = read.Problem!.StatusCode == StatusCodes.Status503ServiceUnavailable ? "1" : default;
            return read.Problem;
        }
        var found = await Card.LockAsync(work, id, cancellationToken);
        if (found.Card is not { } before)
        {
            return found.Problem!;
        }
        if (!VersionTag.Matches(http.Request, ContactAvatar.HashOf(before)))
        {
            return Problem.PreconditionFailed();
        }
        await StoredAvatar.AddAsync(work, id, picture, clock.GetUtcNow(), cancellationToken);
        var written = await update.WriteAsync(before, before.State with { Avatar = picture.Hash }, new(caller.Actor), cancellationToken);
        if (written.Card is not { } card)
        {
            return written.Problem!;
        }
        return TypedResults.Ok(card.ToResponse());
    }

    /// <returns>null where it is too large; what is announced as such is not read.</returns>
    private static async Task<byte[]?> ReadBodyAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.ContentLength > PictureReader.MaxBytes)
        {
            return null;
        }
        using var body = new MemoryStream((int)(request.ContentLength ?? 0));
        var buffer = new byte[64 * 1024];
        while (await request.Body.ReadAsync(buffer, cancellationToken) is > 0 and var read)
        {
            if (body.Length + read > PictureReader.MaxBytes)
            {
                return null;
            }
            body.Write(buffer, 0, read);
        }
        return body.ToArray();
    }
}
