using System.Globalization;
using Gateway.Answers;
using Gateway.Routing;
using Microsoft.AspNetCore.Http.Features;
using Yarp.ReverseProxy.Model;

namespace Gateway.Limits;

/// <summary>
/// A body that announces more than its route takes is refused before any of it is read; one that does not announce is cut off where it exceeds. What the client still sends
/// is read for a moment more and thrown away: closing at once would reset the connection and take the answer with it.
/// </summary>
internal static class RequestSize
{
    /// <summary>Member of a route's metadata: how many bytes it takes.</summary>
    public const string Metadata = "max-body-bytes";

    public const long MaxApiBytes = 1024 * 1024;
    public const long MaxWebhookBytes = 256 * 1024;

    /// <summary>The most that a service's document can ask for.</summary>
    public const long MaxDocumentedBytes = 16 * 1024 * 1024;

    private const long MaxLingeringBytes = 4 * 1024 * 1024;
    private static readonly TimeSpan MaxLingering = TimeSpan.FromSeconds(2);

    /// <summary>The server's own bound, behind the routes' ones.</summary>
    public const long MaxBytes = MaxDocumentedBytes + (2 * MaxLingeringBytes);

    /// <param name="documented">What the route's service says; null for the usual.</param>
    public static long LimitOf(Door door, long? documented) =>
        door == Door.Webhook ? MaxWebhookBytes
        : documented <= MaxDocumentedBytes ? documented.Value
        : documented is null ? MaxApiBytes
        : throw new InvalidOperationException(
            $"A route's document says that it takes {documented} bytes; the gateway lets at most {MaxDocumentedBytes} through."
        );

    public static void UseRequestSize(this WebApplication app) =>
        app.Use(
            async (context, next) =>
            {
                if (context.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody != true)
                {
                    await next(context);
                    return;
                }
                var limit = LimitOf(context);
                var wire = context.Request.Body;
                var linger = MaxLingeringBytes;
                if (context.Request.ContentLength > limit)
                {
                    // Once the connection is doomed, what may be read of it is for the lingering alone to say.
                    context.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize = null;
                    await RefuseAsync(context);
                    // A client that is only a little over the limit sends all of it before it reads the answer.
                    linger += limit;
                }
                else
                {
                    using var body = new BoundedBody(wire, limit);
                    context.Request.Body = body;
                    await next(context);
                    context.Request.Body = wire;
                    if (!body.IsExceeded)
                    {
                        return;
                    }
                }
                await LingerAsync(context, wire, linger);
            }
        );

    private static long LimitOf(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<RouteModel>()?.Config.Metadata?[Metadata] is { } limit
            ? long.Parse(limit, CultureInfo.InvariantCulture)
            : MaxApiBytes;

    private static Task RefuseAsync(HttpContext context)
    {
        context.Response.Headers.Connection = "close";
        return ForwardingProblems.TooLarge().ExecuteAsync(context);
    }

    private static async Task LingerAsync(HttpContext context, Stream body, long atMost)
    {
        await context.Response.CompleteAsync();
        using var timeout = new CancellationTokenSource(MaxLingering);
        var buffer = new byte[16 * 1024];
        try
        {
            for (var left = atMost; left > 0; )
            {
                var read = await body.ReadAsync(buffer, timeout.Token);
                if (read == 0)
                {
                    return;
                }
                left -= read;
            }
            context.Abort();
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException or BadHttpRequestException)
        {
            // The client has gone, or has stopped to read its answer: the server closes the connection.
        }
    }
}
