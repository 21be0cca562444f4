using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;

namespace Gateway.Authentication;

internal static class CredentialSetup
{
    public static void AddCredentials(this WebApplicationBuilder builder)
    {
        // A refused request is in the access log.
        builder.Logging.AddFilter(typeof(CredentialHandler).FullName, LogLevel.Warning);
        builder.Services.AddHttpClient<IdentityDoor>();
        builder
            .Services.AddAuthentication(CredentialHandler.SchemeName)
            .AddScheme<AuthenticationSchemeOptions, CredentialHandler>(CredentialHandler.SchemeName, null);
        // The services' own policy asks for a workspace; here a person without one may pass, to make or choose it.
        builder.Services.AddAuthorizationBuilder().SetDefaultPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
    }

    /// <summary>A request that changed its own session (another workspace, signed out) is followed by ones that must see it, before the event has come round.</summary>
    public static void UseFreshSessions(this WebApplication app) =>
        app.Use(
            async (context, next) =>
            {
                await next(context);
                if (
                    !HttpMethods.IsGet(context.Request.Method)
                    && context.Request.Path.StartsWithSegments("/v1/sessions/current")
                    && context.Features.Get<ResolvedCredential>() is { } credential
                )
                {
                    context.RequestServices.GetRequiredService<CredentialCache>().Forget(credential.CredentialId);
                }
            }
        );
}
