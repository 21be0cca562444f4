using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Gateway.Tests;

/// <summary>Stands for a service: keeps what it was asked and answers as the test says; <c>200 {"service": name}</c> otherwise.</summary>
internal sealed class StubBackend : IAsyncDisposable
{
    private readonly WebApplication _app;

    private StubBackend(WebApplication app) => _app = app;

    public ConcurrentQueue<Seen> Requests { get; } = [];

    public RequestDelegate? Answer { get; set; }

    public string Address => _app.Urls.Single();

    public static async Task<StubBackend> StartAsync(string name)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = null);
        var app = builder.Build();
        var stub = new StubBackend(app);
        app.UseWebSockets();
        app.Run(async context =>
        {
            stub.Requests.Enqueue(
                new(
                    context.Request.Method,
                    context.Request.Path + context.Request.QueryString,
                    context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase)
                )
            );
            if (stub.Answer is { } answer)
            {
                await answer(context);
                return;
            }
            await context.Response.WriteAsJsonAsync(new JsonObject { ["service"] = name });
        });
        await app.StartAsync();
        return stub;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    internal sealed record Seen(string Method, string Target, IReadOnlyDictionary<string, string> Headers);
}
