using Microsoft.AspNetCore.HttpOverrides;

namespace Web.Security;

internal static class GatewaySetup
{
    /// <summary>Only the gateway reaches this service: what it says of the browser's address, scheme and host is so.</summary>
    public static void AddBehindGateway(this WebApplicationBuilder builder) =>
        builder.Services.Configure<ForwardedHeadersOptions>(options =>
        {
            options.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost;
            options.KnownIPNetworks.Clear();
            options.KnownProxies.Clear();
        });
}
