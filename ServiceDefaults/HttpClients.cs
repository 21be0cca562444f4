using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http.Resilience;

namespace ServiceDefaults;

internal static class HttpClients
{
    /// <summary>Every HttpClient finds services by name (<c>http://contacts</c>) and retries what is safe to retry; POST, PATCH and the like are sent once.</summary>
    public static void AddHttpClients(this WebApplicationBuilder builder)
    {
        builder.Services.AddServiceDiscovery();
        builder.Services.ConfigureHttpClientDefaults(http =>
        {
            http.AddStandardResilienceHandler(options => options.Retry.DisableForUnsafeHttpMethods());
            http.AddServiceDiscovery();
        });
    }
}
