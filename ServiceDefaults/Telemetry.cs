using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace ServiceDefaults;

internal static class Telemetry
{
    /// <summary>Names by which our own and the libraries' spans and meters are known. "MassTransit" is its DiagnosticHeaders.DefaultListenerName.</summary>
    private static readonly string[] Sources = ["Npgsql", "MassTransit", "Messaging"];

    public static void AddTelemetry(this WebApplicationBuilder builder)
    {
        builder.Logging.Configure(options => options.ActivityTrackingOptions = ActivityTrackingOptions.TraceId | ActivityTrackingOptions.SpanId);
        // What these say at Information is noise beside our own lines, and some of it is private (YARP logs whole addresses, phone numbers in the query and all).
        foreach (var noisy in (string[])["Microsoft.AspNetCore", "Npgsql", "System.Net.Http.HttpClient", "Polly", "MassTransit", "Yarp"])
        {
            builder.Logging.AddFilter(noisy, LogLevel.Warning);
        }
        // Its scope would put the path, phone numbers and all, on every line of a request; the ids by which lines are found come from the activity.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);
        // A check that failed is in the health report already, and is asked for every second.
        builder.Logging.AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.Error);
        builder.Logging.AddSimpleConsole(options =>
        {
            options.IncludeScopes = true;
            options.SingleLine = true;
            options.TimestampFormat = "HH:mm:ss.fff ";
            options.UseUtcTimestamp = true;
        });
        if (string.IsNullOrWhiteSpace(builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]))
        {
            TraceWithoutRecording();
        }
        else
        {
            builder.AddOpenTelemetry();
        }
        // Without this, a request that arrives without a traceparent header would get a trace id of the old hierarchical kind.
        Activity.DefaultIdFormat = ActivityIdFormat.W3C;
    }

    /// <summary>Nobody collects spans: requests, events and logs still carry the trace's id, and nothing else is kept of it, which saves a tenth of a request's work.</summary>
    private static void TraceWithoutRecording() =>
        ActivitySource.AddActivityListener(
            new()
            {
                ShouldListenTo = source => source.Name is "Microsoft.AspNetCore" or "Messaging",
                Sample = (ref _) => ActivitySamplingResult.PropagationData,
                SampleUsingParentId = (ref _) => ActivitySamplingResult.PropagationData,
            }
        );

    private static void AddOpenTelemetry(this WebApplicationBuilder builder)
    {
        builder.Logging.AddOpenTelemetry(logging =>
        {
            logging.IncludeFormattedMessage = true;
            logging.IncludeScopes = true;
        });
        builder
            .Services.AddOpenTelemetry()
            .WithMetrics(metrics => metrics.AddAspNetCoreInstrumentation().AddHttpClientInstrumentation().AddRuntimeInstrumentation().AddMeter(Sources))
            .WithTracing(tracing =>
                tracing
                    .AddSource(Sources)
                    .AddAspNetCoreInstrumentation(options => options.Filter = context => !Health.IsHealthPath(context.Request.Path))
                    .AddHttpClientInstrumentation()
            )
            .UseOtlpExporter();
    }
}
