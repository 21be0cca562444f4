using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.IdentityModel.Tokens;

namespace Identity.Tokens;

internal static class PublishedKeys
{
    /// <summary>The public half of the signing key as a JWK set (RFC 7517).</summary>
    public static JsonHttpResult<JsonWebKeySetDocument> Handle(SigningKey signingKey)
    {
        var point = signingKey.Key.ECDsa.ExportParameters(includePrivateParameters: false).Q;
        return TypedResults.Json(
            new JsonWebKeySetDocument([
                new("EC", "P-256", Base64UrlEncoder.Encode(point.X), Base64UrlEncoder.Encode(point.Y), signingKey.Key.KeyId, "sig", "ES256"),
            ])
        );
    }

    public sealed record JsonWebKeySetDocument(IReadOnlyList<PublicKey> Keys);

    public sealed record PublicKey(string Kty, string Crv, string X, string Y, string Kid, string Use, string Alg);
}
