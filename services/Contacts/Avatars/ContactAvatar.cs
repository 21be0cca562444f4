using Contacts.Cards;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;
using ServiceDefaults.Postgres;

namespace Contacts.Avatars;

/// <summary>A picture of a contact, generated or uploaded, as it is sent.</summary>
internal sealed record ContactAvatar(string Hash, byte[] Content, string ContentType)
{
    /// <summary>Names the picture that the contact shows now.</summary>
    public static string HashOf(Card card) => card.State.Avatar ?? GeneratedAvatar.For(card).Hash;

    /// <summary>Where that picture is for ever.</summary>
    public static string UrlOf(Card card) => $"/v1/contacts/{card.Id}/avatar/{HashOf(card)}";

    /// <param name="hash">One that the contact shows, or showed; a generated one is found only while it would be the present one.</param>
    public static async Task<ContactAvatar?> FindAsync(UnitOfWork work, Card card, string hash, int size, CancellationToken cancellationToken)
    {
        if (await StoredAvatar.FindAsync(work, card, hash, size, cancellationToken) is { } content)
        {
            return new(hash, content, Picture.ContentType);
        }
        var generated = GeneratedAvatar.For(card);
        return generated.Hash == hash ? Generate(generated, size) : null;
    }

    /// <summary>The generated one, also where a picture is named that is kept no more.</summary>
    public static async Task<ContactAvatar> PresentAsync(UnitOfWork work, Card card, int size, CancellationToken cancellationToken) =>
        card.State.Avatar is { } hash && await StoredAvatar.FindAsync(work, card, hash, size, cancellationToken) is { } content
            ? new(hash, content, Picture.ContentType)
            : Generate(GeneratedAvatar.For(card), size);

    /// <summary>304 where the caller has it already.</summary>
    public FileContentHttpResult ToResult(HttpResponse response, string cacheControl)
    {
        response.Headers.CacheControl = cacheControl;
        response.Headers.XContentTypeOptions = "nosniff";
        // Opened by itself, an SVG is a document: nothing in it may run or load.
        response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'";
        return TypedResults.Bytes(Content, ContentType, entityTag: new EntityTagHeaderValue($"\"{Hash}\""));
    }

    private static ContactAvatar Generate(GeneratedAvatar generated, int size) => new(generated.Hash, generated.ToSvg(size), "image/svg+xml");
}
