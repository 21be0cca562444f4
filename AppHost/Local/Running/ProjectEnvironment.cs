using System.Globalization;
using Contacts.AppHost.Local.Model;

namespace Contacts.AppHost.Local.Running;

/// <summary>The very variables that Aspire 13.5 injects into a project's process in run mode; no service can tell the difference.</summary>
internal static class ProjectEnvironment
{
    /// <param name="own">Our own environment, which the process inherits below these.</param>
    public static IReadOnlyDictionary<string, string> For(ProjectResource project, IReadOnlyDictionary<string, string> own)
    {
        var environment = new Dictionary<string, string>
        {
            ["ASPNETCORE_URLS"] = string.Join(';', project.Endpoints.Select(endpoint => endpoint.Url)),
            ["ASPNETCORE_ENVIRONMENT"] = own.GetValueOrDefault("ASPNETCORE_ENVIRONMENT", "Development"),
        };
        if (own.TryGetValue("OTEL_EXPORTER_OTLP_ENDPOINT", out var collector))
        {
            environment["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector;
            environment["OTEL_EXPORTER_OTLP_PROTOCOL"] = own.GetValueOrDefault("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc");
            if (own.TryGetValue("OTEL_EXPORTER_OTLP_HEADERS", out var headers))
                environment["OTEL_EXPORTER_OTLP_HEADERS"] = headers;
            environment["OTEL_SERVICE_NAME"] = project.Name;
            environment["OTEL_RESOURCE_ATTRIBUTES"] = $"service.instance.id={Guid.CreateVersion7().ToString("N", CultureInfo.InvariantCulture)}";
        }

        foreach (var (name, value) in project.Environment)
            environment[name] = value();
        return environment;
    }

    public static IReadOnlyDictionary<string, string> Own() =>
        Environment
            .GetEnvironmentVariables()
            .Cast<System.Collections.DictionaryEntry>()
            .ToDictionary(entry => (string)entry.Key, entry => (string)entry.Value!);
}
