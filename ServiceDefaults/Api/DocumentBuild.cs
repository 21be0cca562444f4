using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ServiceDefaults.Api;

/// <summary>
/// The build starts each service once, unconfigured, to write its OpenAPI document (Microsoft.Extensions.ApiDescription.Server). Nothing but its routes may come to life then:
/// no migration, no relay, no connection.
/// </summary>
internal static class DocumentBuild
{
    public static void StayQuietForDocumentBuild(this WebApplicationBuilder builder)
    {
        if (Assembly.GetEntryAssembly()?.GetName().Name != "GetDocument.Insider")
        {
            return;
        }
        // Mapping the health checks makes the bus, which asks for its address but does not connect.
        builder.Configuration.AddInMemoryCollection([new("ConnectionStrings:messaging", "amqp://localhost")]);
        builder.Host.ConfigureContainer<IServiceCollection>(services =>
        {
            var hosted = services
                .Where(service => service.ServiceType == typeof(IHostedService))
                .Where(service => service.ImplementationType?.Name != "GenericWebHostService")
                .ToList();
            hosted.ForEach(service => services.Remove(service));
        });
    }
}
