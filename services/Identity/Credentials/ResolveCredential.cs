using System.ComponentModel.DataAnnotations;
using Identity.Tokens;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace Identity.Credentials;

/// <param name="Credential">What came as <c>Authorization: Bearer</c>.</param>
public sealed record ResolveCredentialRequest([property: Required, StringLength(200)] string Credential);

/// <param name="InternalToken">For the services, in place of the credential.</param>
/// <param name="ExpiresAt">When that token ends.</param>
/// <param name="CredentialId">The session's or key's id, which a <c>CredentialRevoked</c> names.</param>
/// <param name="WorkspaceId">null for a person who is in no workspace.</param>
/// <param name="ActorKind"><c>person</c> or <c>api</c>.</param>
/// <param name="ActorId">The user's or the key's id.</param>
/// <param name="RateLimit">Requests per minute, where the key has a limit of its own.</param>
public sealed record ResolveCredentialResponse(
    string InternalToken,
    DateTimeOffset ExpiresAt,
    Guid CredentialId,
    Guid? WorkspaceId,
    string ActorKind,
    Guid ActorId,
    int? RateLimit
);

/// <summary>The gateway's question: whose credential is this? Reachable inside only; the gateway has no route here (ADR 0004).</summary>
internal static class ResolveCredential
{
    public static async Task<Results<Ok<ResolveCredentialResponse>, NotFound>> HandleAsync(
        ResolveCredentialRequest request,
        NpgsqlDataSource dataSource,
        TokenIssuer issuer,
        TimeProvider clock,
        CancellationToken cancellationToken
    )
    {
        if (await Credential.ResolveAsync(request.Credential, dataSource, clock.GetUtcNow(), cancellationToken) is not { } credential)
        {
            return TypedResults.NotFound();
        }
        var (token, expiresAt) = issuer.Issue(credential);
        return TypedResults.Ok(
            new ResolveCredentialResponse(
                token,
                expiresAt,
                credential.CredentialId,
                credential.WorkspaceId,
                credential.ActorKind,
                credential.ActorId,
                credential.RateLimit
            )
        );
    }

    public static void MapCredentials(this WebApplication app) =>
        app.MapPost("/internal/credentials/resolve", HandleAsync).AllowAnonymous().ExcludeFromDescription();
}
