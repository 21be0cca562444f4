using Microsoft.AspNetCore.HttpOverrides;

namespace Gateway.Answers;

internal static class TrustedProxies
{
    /// <summary>
    /// X-Forwarded-* of a proxy before the gateway count only when <c>ForwardedHeaders:KnownNetworks</c> (CIDR, such as 10.0.0.0/8) names where it stands; from anybody else
    /// they are made up.
    /// </summary>
    public static void AddTrustedProxies(this WebApplicationBuilder builder) =>
        builder
            .Services.AddOptions<ForwardedHeadersOptions>()
            .PostConfigure<IConfiguration>(
                (options, configuration) =>
                {
                    var networks = configuration.GetSection("ForwardedHeaders:KnownNetworks").Get<string[]>() ?? [];
                    options.KnownProxies.Clear();
                    options.KnownIPNetworks.Clear();
                    foreach (var network in networks)
                    {
                        options.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(network));
                    }
                    options.ForwardedHeaders =
                        networks.Length == 0
                            ? ForwardedHeaders.None
                            : ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost;
                }
            );
}
