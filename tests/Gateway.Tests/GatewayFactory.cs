using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Gateway.Tests;

/// <summary>The gateway on a real port. Without a broker's address it hears nothing.</summary>
internal sealed class GatewayFactory(IReadOnlyDictionary<string, string?> settings, string? broker, LogLines log) : WebApplicationFactory<Program>
{
    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseSetting("ConnectionStrings:messaging", broker ?? "amqp://guest:guest@127.0.0.1:1");
        builder.UseSetting("urls", "http://127.0.0.1:0");
        foreach (var (key, value) in settings)
        {
            builder.UseSetting(key, value);
        }
        builder.ConfigureLogging(logging => logging.AddProvider(log));
        if (broker is null)
        {
            builder.ConfigureTestServices(services =>
                services
                    .Where(service => service.ServiceType == typeof(IHostedService))
                    .Where(service => service.ImplementationType?.Assembly.GetName().Name?.StartsWith("MassTransit", StringComparison.Ordinal) == true)
                    .ToList()
                    .ForEach(service => services.Remove(service))
            );
        }
    }
}
