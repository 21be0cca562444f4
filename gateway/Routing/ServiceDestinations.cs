using Microsoft.Extensions.ServiceDiscovery;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.ServiceDiscovery;

namespace Gateway.Routing;

/// <summary>Finds <c>http://contacts</c> by the same service discovery as every HttpClient, all replicas of it.</summary>
internal sealed class ServiceDestinations(ServiceEndpointResolver resolver) : IDestinationResolver
{
    public async ValueTask<ResolvedDestinationCollection> ResolveDestinationsAsync(
        IReadOnlyDictionary<string, DestinationConfig> destinations,
        CancellationToken cancellationToken
    )
    {
        var resolved = new Dictionary<string, DestinationConfig>();
        foreach (var (name, destination) in destinations)
        {
            var found = await resolver.GetEndpointsAsync(destination.Address, cancellationToken);
            foreach (var endpoint in found.Endpoints)
            {
                var address = endpoint.ToString()!;
                resolved[$"{name} {address}"] = destination with
                {
                    Address = address.Contains("://", StringComparison.Ordinal) ? address : $"http://{address}",
                };
            }
        }
        return new(resolved, null);
    }
}
