using Gateway.Answers;
using Gateway.Routing;
using Microsoft.AspNetCore.Http.Features;

namespace Gateway.Limits;

/// <summary>
/// A body that announces more than its route takes is refused before any of it is read; one that does not announce is cut off where it exceeds. What the client still sends
/// is read for a moment more and thrown away: closing at once would reset the connection and take the answer with it.
/// </summary>
internal static class RequestSize
{
    public const long MaxApiBytes = 1024 * 1024;
    public const long MaxWebhookBytes = 256 * 1024;

    private const int MaxLingeringBytes = 4 * 1024 * 1024;
    private static readonly TimeSpan MaxLingering = TimeSpan.FromSeconds(2);

    /// <summary>The server's own bound, behind the routes' ones.</summary>
    public const long MaxBytes = MaxApiBytes + (2 * MaxLingeringBytes);

    public static void UseRequestSize(this WebApplication app) =>
        app.Use(
            async (context, next) =>
            {
                if (context.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody != true)
                {
                    await next(context);
                    return;
                }
                var limit = context.Entered() == Door.Webhook ? MaxWebhookBytes : MaxApiBytes;
                var wire = context.Request.Body;
                if (context.Request.ContentLength > limit)
                {
                    // Once the connection is doomed, what may be read of it is for the lingering alone to say.
                    context.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize = null;
                    await RefuseAsync(context);
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
                await LingerAsync(context, wire);
            }
        );

    private static Task RefuseAsync(HttpContext context)
    {
        context.Response.Headers.Connection = "close";
        return ForwardingProblems.TooLarge().ExecuteAsync(context);
    }

    private static async Task LingerAsync(HttpContext context, Stream body)
    {
        await context.Response.CompleteAsync();
        using var timeout = new CancellationTokenSource(MaxLingering);
        var buffer = new byte[16 * 1024];
        try
        {
            for (var left = MaxLingeringBytes; left > 0; )
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
