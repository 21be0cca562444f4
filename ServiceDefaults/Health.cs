using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ServiceDefaults;

/// <summary>
/// <c>/alive</c>: the process answers. <c>/health</c>: it and what it depends on. Both are mapped in every environment (orchestrators probe them) and the gateway routes to neither.
/// A broker that is away makes a service degraded (200), not unhealthy: requests still succeed and the outbox drains later.
/// </summary>
public static class Health
{
    internal static bool IsHealthPath(PathString path) => path.StartsWithSegments("/health") || path.StartsWithSegments("/alive");

    internal static void AddHealth(this WebApplicationBuilder builder) =>
        builder.Services.AddHealthChecks().AddCheck("self", () => HealthCheckResult.Healthy(), ["live"]);

    public static void MapHealth(this WebApplication app)
    {
        app.MapHealthChecks("/health", new() { ResponseWriter = WriteReportAsync }).AllowAnonymous().ShortCircuit();
        app.MapHealthChecks("/alive", new() { Predicate = check => check.Tags.Contains("live") }).AllowAnonymous().ShortCircuit();
    }

    /// <summary>Names and states only: an exception's text could carry a connection string.</summary>
    private static Task WriteReportAsync(HttpContext context, HealthReport report) =>
        context.Response.WriteAsJsonAsync(
            new { status = report.Status.ToString(), checks = report.Entries.ToDictionary(entry => entry.Key, entry => entry.Value.Status.ToString()) }
        );
}
