using Microsoft.AspNetCore.HttpOverrides;

namespace Identity.Sessions;

internal static class SessionsSetup
{
    public static void AddSessions(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<SignInThrottle>();
        builder.Services.AddSingleton<PersonSessions>();
        builder.Services.AddScoped(services => Person.From(services.GetRequiredService<IHttpContextAccessor>().HttpContext!.User));
        // Failed sign-ins are counted per address: the gateway says which, and only the gateway reaches this service.
        builder.Services.Configure<ForwardedHeadersOptions>(options =>
        {
            options.ForwardedHeaders = ForwardedHeaders.XForwardedFor;
            options.KnownIPNetworks.Clear();
            options.KnownProxies.Clear();
        });
    }
}
