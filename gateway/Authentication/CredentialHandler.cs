using System.Security.Claims;
using System.Text.Encodings.Web;
using Gateway.Routing;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using ServiceDefaults.Authentication;
using ServiceDefaults.Problems;

namespace Gateway.Authentication;

/// <summary><c>Authorization: Bearer</c> with an API key or a session token (RFC 6750), at the routes that ask for one.</summary>
internal sealed class CredentialHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory loggers,
    UrlEncoder encoder,
    CredentialCache credentials
) : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    public const string SchemeName = "Credential";

    private const string Prefix = "Bearer ";
    private const int MaxLength = 100;

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Context.Entered() != Door.Credential)
        {
            return AuthenticateResult.NoResult();
        }
        if (VisitorToken.IsOn(Request))
        {
            return Succeed([]);
        }
        var header = Request.Headers.Authorization.ToString();
        if (!header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
        {
            return AuthenticateResult.NoResult();
        }
        var text = header[Prefix.Length..].Trim();
        if (!LooksLikeCredential(text) || await credentials.ResolveAsync(text, Context.RequestAborted) is not { } credential)
        {
            return AuthenticateResult.Fail("The credential is not valid.");
        }
        Context.Features.Set(credential);
        return Succeed([new(InternalToken.CredentialId, credential.CredentialId.ToString())]);
    }

    /// <summary>Spares Identity the question about anything else, an internal token among it.</summary>
    private static bool LooksLikeCredential(string text) =>
        text.Length <= MaxLength && (text.StartsWith("ck_", StringComparison.Ordinal) || text.StartsWith("cs_", StringComparison.Ordinal));

    private static AuthenticateResult Succeed(Claim[] claims) =>
        AuthenticateResult.Success(new(new ClaimsPrincipal(new ClaimsIdentity(claims, SchemeName)), SchemeName));

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        var isGiven = Request.Headers.ContainsKey("Authorization");
        Response.Headers.WWWAuthenticate = isGiven ? "Bearer realm=\"contacts\", error=\"invalid_token\"" : "Bearer realm=\"contacts\"";
        return Problem
            .Of(
                StatusCodes.Status401Unauthorized,
                "unauthenticated",
                isGiven ? "The key or token is not valid." : "A key or token is missing.",
                "Send an API key (ck_…) or a session token (cs_…) as Authorization: Bearer. It may be mistyped, expired or revoked."
            )
            .ExecuteAsync(Context);
    }
}
