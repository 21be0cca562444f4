using System.Security.Claims;
using System.Text.Encodings.Web;
using Messages;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Npgsql;
using ServiceDefaults.Authentication;

namespace CommunicationsIngest.Chat;

/// <summary>
/// Authenticates a visitor by his token, as a caller of his workspace without any scope: the routes of his own chat are all that he can reach, and they work as all others do
/// (one unit of work, Idempotency-Key, row-level security).
/// </summary>
internal sealed class VisitorAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory logger,
    UrlEncoder encoder,
    NpgsqlDataSource dataSource
) : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "ChatVisitor";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (ChatVisitor.TokenOf(Request) is not { } token)
        {
            return AuthenticateResult.NoResult();
        }
        if (await ChatVisitor.FindAsync(dataSource, token, Context.RequestAborted) is not { } visitor)
        {
            return AuthenticateResult.Fail("There is no such visitor.");
        }
        var identity = new ClaimsIdentity(
            [
                new(InternalToken.WorkspaceId, visitor.WorkspaceId.ToString()),
                new(InternalToken.ActorKind, nameof(ActorKind.Person)),
                new(InternalToken.ActorId, visitor.Id.ToString()),
            ],
            SchemeName
        );
        return AuthenticateResult.Success(new(new ClaimsPrincipal(identity), SchemeName));
    }
}
