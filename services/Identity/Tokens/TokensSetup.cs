using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using ServiceDefaults.Authentication;

namespace Identity.Tokens;

internal static class TokensSetup
{
    public static void AddTokens(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<SigningKey>();
        builder.Services.AddHostedService(services => services.GetRequiredService<SigningKey>());
        builder.Services.AddSingleton<TokenIssuer>();
        // The others fetch the key from here; this service has it.
        builder
            .Services.AddOptions<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme)
            .PostConfigure<SigningKey>(
                (options, signingKey) =>
                {
                    var configuration = new OpenIdConnectConfiguration { Issuer = InternalToken.Issuer };
                    configuration.SigningKeys.Add(signingKey.Key);
                    options.ConfigurationManager = new StaticConfigurationManager<OpenIdConnectConfiguration>(configuration);
                }
            );
    }

    public static void MapPublishedKeys(this WebApplication app) =>
        app.MapGet(AuthenticationSetup.JwksPath, PublishedKeys.Handle).AllowAnonymous().ExcludeFromDescription();
}
