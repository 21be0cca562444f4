using Microsoft.Extensions.Http.Resilience;

namespace Web.Api;

internal static class ApiSetup
{
    /// <summary>Web uses what its customers use: the public API, through the gateway, with the person's own session.</summary>
    public static void AddApi(this WebApplicationBuilder builder)
    {
        var gateway = builder.Services.AddHttpClient(ApiClient.Gateway, client => client.BaseAddress = new("http://gateway"));
#pragma warning disable EXTEXP0001 // The only way to replace the defaults of all clients; experimental in name since 8.0.
        gateway.RemoveAllResilienceHandlers();
#pragma warning restore EXTEXP0001
        gateway.AddStandardResilienceHandler(options =>
        {
            // Somebody is waiting: one quick second try, then say so and let the person decide.
            options.Retry.MaxRetryAttempts = 1;
            options.Retry.Delay = TimeSpan.FromMilliseconds(300);
            options.Retry.ShouldRetryAfterHeader = false;
            options.Retry.DisableForUnsafeHttpMethods();
        });
        builder.Services.AddScoped<ApiClient>();
        builder.Services.AddCascadingAuthenticationState();
    }
}
