using System.Security.Cryptography;
using Messages;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using ServiceDefaults.Authentication;

namespace Testing;

/// <summary>Internal tokens as Identity would issue them, signed with a key that only the tests know.</summary>
public static class TestTokens
{
    public static readonly ECDsaSecurityKey Key = new(ECDsa.Create(ECCurve.NamedCurves.nistP256)) { KeyId = "test" };

    public static string Create(Guid workspaceId, IEnumerable<string> scopes, ActorKind kind = ActorKind.Api, string actorId = "test-actor") =>
        new JsonWebTokenHandler().CreateToken(
            new SecurityTokenDescriptor
            {
                Issuer = InternalToken.Issuer,
                Audience = InternalToken.Audience,
                SigningCredentials = new SigningCredentials(Key, SecurityAlgorithms.EcdsaSha256),
                Claims = new Dictionary<string, object>
                {
                    [InternalToken.ActorId] = actorId,
                    [InternalToken.ActorKind] = kind.ToString().ToLowerInvariant(),
                    [InternalToken.WorkspaceId] = workspaceId.ToString(),
                    [InternalToken.Scope] = string.Join(' ', scopes),
                },
            }
        );
}
