using Identity.Credentials;
using Identity.Members;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using ServiceDefaults.Authentication;

namespace Identity.Tokens;

/// <summary>Writes internal tokens.</summary>
internal sealed class TokenIssuer(SigningKey signingKey, TimeProvider clock)
{
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(5);

    private readonly JsonWebTokenHandler _handler = new() { SetDefaultTimesOnTokenCreation = false };

    /// <summary>Good for five minutes, and no longer than the credential.</summary>
    public (string Token, DateTimeOffset ExpiresAt) Issue(Credential credential)
    {
        var now = clock.GetUtcNow();
        var expiresAt = credential.ExpiresAt < now + Life ? credential.ExpiresAt.Value : now + Life;
        var claims = new Dictionary<string, object>
        {
            [InternalToken.ActorId] = credential.ActorId.ToString(),
            [InternalToken.ActorKind] = credential.ActorKind,
            [InternalToken.CredentialId] = credential.CredentialId.ToString(),
            [InternalToken.Scope] = string.Join(' ', credential.Scopes ?? RoleScopes(credential)),
        };
        if (credential.WorkspaceId is { } workspaceId)
        {
            claims[InternalToken.WorkspaceId] = workspaceId.ToString();
        }
        if (credential.Role is { } role)
        {
            claims[InternalToken.Role] = role;
        }
        var token = _handler.CreateToken(
            new SecurityTokenDescriptor
            {
                Issuer = InternalToken.Issuer,
                Audience = InternalToken.Audience,
                IssuedAt = now.UtcDateTime,
                NotBefore = now.UtcDateTime,
                Expires = expiresAt.UtcDateTime,
                SigningCredentials = new(signingKey.Key, SecurityAlgorithms.EcdsaSha256),
                Claims = claims,
            }
        );
        return (token, expiresAt);
    }

    private static IEnumerable<string> RoleScopes(Credential credential) => credential.Role is { } role ? MemberRoles.Parse(role).ScopesOf() : [];
}
