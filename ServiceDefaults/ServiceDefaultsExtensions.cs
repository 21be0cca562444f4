using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using ServiceDefaults.Api;
using ServiceDefaults.Authentication;
using ServiceDefaults.Json;
using ServiceDefaults.Problems;

namespace ServiceDefaults;

/// <summary>What every process has: telemetry, health, problem details, authentication by internal token, JSON rules, resilient HTTP clients.</summary>
public static class ServiceDefaultsExtensions
{
    public static WebApplicationBuilder AddServiceDefaults(this WebApplicationBuilder builder)
    {
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.StayQuietForDocumentBuild();
        builder.AddTelemetry();
        builder.AddHealth();
        builder.AddJson();
        builder.AddProblemDetails();
        builder.AddInternalTokenAuthentication();
        builder.AddHttpClients();
        return builder;
    }

    /// <summary>The pipeline every service runs, in order. Call it before mapping routes.</summary>
    public static WebApplication UseServiceDefaults(this WebApplication app)
    {
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseMiddleware<BufferIdempotentRequests>();
        app.MapHealth();
        return app;
    }
}
