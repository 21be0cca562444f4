using System.Threading.RateLimiting;
using Gateway.Routing;
using Microsoft.Extensions.Options;
using ServiceDefaults.Problems;

namespace Gateway.Limits;

/// <summary>Webhooks come at the provider's pace, not at a key's: so many at once, so many waiting, and a flood beyond that is told to come back.</summary>
internal sealed class WebhookConcurrency(IOptions<RateLimitOptions> options) : IMiddleware, IDisposable
{
    private readonly ConcurrencyLimiter _limiter = new(
        new()
        {
            PermitLimit = options.Value.WebhookConcurrency,
            QueueLimit = options.Value.WebhookQueue,
            QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
        }
    );

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Entered() != Door.Webhook)
        {
            await next(context);
            return;
        }
        using var lease = await _limiter.AcquireAsync(1, context.RequestAborted);
        if (lease.IsAcquired)
        {
            await next(context);
            return;
        }
        context.Response.Headers.RetryAfter = "2";
        await Problem
            .Of(StatusCodes.Status503ServiceUnavailable, "unavailable", "Temporarily unavailable.", "Too many webhooks at once. Repeat it in a moment.")
            .ExecuteAsync(context);
    }

    public void Dispose() => _limiter.Dispose();
}
