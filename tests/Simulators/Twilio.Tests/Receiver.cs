using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace Simulators.Twilio.Tests;

/// <summary>A request as the system under simulation would see it.</summary>
internal sealed record Received(string Method, string Url, Dictionary<string, string> Form, Dictionary<string, string> Headers)
{
    public string Path => new Uri(Url).AbsolutePath;
}

/// <summary>Stands where the gateway stands: notes each request and answers as the test says.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentQueue<Received> requests = new();

    private Receiver(WebApplication app) => this.app = app;

    public Func<Received, HttpContext, Task> Answer { get; set; } = (_, context) => Twiml(context, "<Response/>");

    public string Url => app.Urls.First();

    public IReadOnlyList<Received> Requests => [.. requests];

    public static async Task<Receiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var receiver = new Receiver(builder.Build());
        receiver.app.Run(receiver.ReceiveAsync);
        await receiver.app.StartAsync();
        return receiver;
    }

    public static Task Twiml(HttpContext context, string document)
    {
        context.Response.ContentType = "text/xml";
        return context.Response.WriteAsync(document);
    }

    /// <summary>Breaks the connection without an answer.</summary>
    public static Task Drop(HttpContext context)
    {
        context.Abort();
        return Task.CompletedTask;
    }

    public IReadOnlyList<Received> To(string path) => [.. requests.Where(request => request.Path == path)];

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    private async Task ReceiveAsync(HttpContext context)
    {
        var form = context.Request.HasFormContentType
            ? (await context.Request.ReadFormAsync()).ToDictionary(field => field.Key, field => field.Value.ToString())
            : [];
        var headers = context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        var received = new Received(context.Request.Method, Url + context.Features.Get<IHttpRequestFeature>()!.RawTarget, form, headers);
        requests.Enqueue(received);
        await Answer(received, context);
    }
}
