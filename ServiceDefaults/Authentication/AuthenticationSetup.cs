using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace ServiceDefaults.Authentication;

public static class AuthenticationSetup
{
    /// <summary>Path at Identity under which the signing keys are published (RFC 7517).</summary>
    public const string JwksPath = "/.well-known/jwks.json";

    internal static void AddInternalTokenAuthentication(this WebApplicationBuilder builder)
    {
        builder.Services.AddHttpContextAccessor();
        builder.Services.AddScoped(services => Caller.From(services.GetRequiredService<IHttpContextAccessor>().HttpContext!.User));
        builder.Services.AddHttpClient(nameof(InternalToken), client => client.BaseAddress = new("http://identity"));
        builder.Services.AddSingleton<VerifiedTokens>();
        builder.Services.AddAuthentication(JwtBearerDefaults.AuthenticationScheme).AddJwtBearer();
        builder
            .Services.AddOptions<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme)
            .Configure<IHttpClientFactory, VerifiedTokens>(
                (options, clients, verified) =>
                {
                    options.Events = new() { OnMessageReceived = verified.RecognizeAsync, OnTokenValidated = verified.RememberAsync };
                    options.MapInboundClaims = false;
                    options.TokenValidationParameters.ValidIssuer = InternalToken.Issuer;
                    options.TokenValidationParameters.ValidAudience = InternalToken.Audience;
                    options.TokenValidationParameters.ValidAlgorithms = ["ES256"];
                    options.TokenValidationParameters.ClockSkew = TimeSpan.FromSeconds(10);
                    options.ConfigurationManager = new ConfigurationManager<OpenIdConnectConfiguration>(
                        "http://identity" + JwksPath,
                        new JwksRetriever(),
                        new HttpDocumentRetriever(clients.CreateClient(nameof(InternalToken))) { RequireHttps = false }
                    );
                }
            );
        builder
            .Services.AddAuthorizationBuilder()
            .AddDefaultPolicy("workspace", policy => policy.RequireAuthenticatedUser().RequireClaim(InternalToken.WorkspaceId));
    }

    /// <summary>The caller must hold this scope; otherwise 403.</summary>
    public static TBuilder RequireScope<TBuilder>(this TBuilder routes, string scope)
        where TBuilder : IEndpointConventionBuilder =>
        routes
            .RequireAuthorization(policy =>
                policy.RequireAssertion(context => context.User.FindAll(InternalToken.Scope).Any(claim => claim.Value.Split(' ').Contains(scope)))
            )
            .WithMetadata(new RequiredScope(scope));

    /// <summary>Only a JWKS is published, no discovery document: there is no other endpoint to discover.</summary>
    private sealed class JwksRetriever : IConfigurationRetriever<OpenIdConnectConfiguration>
    {
        public async Task<OpenIdConnectConfiguration> GetConfigurationAsync(string address, IDocumentRetriever retriever, CancellationToken cancel)
        {
            var keys = new Microsoft.IdentityModel.Tokens.JsonWebKeySet(await retriever.GetDocumentAsync(address, cancel));
            var configuration = new OpenIdConnectConfiguration { JsonWebKeySet = keys, Issuer = InternalToken.Issuer };
            foreach (var key in keys.GetSigningKeys())
            {
                configuration.SigningKeys.Add(key);
            }
            return configuration;
        }
    }
}

/// <summary>Says in a route's metadata which scope it needs: the OpenAPI document and the authorisation tests read it.</summary>
public sealed record RequiredScope(string Scope);
