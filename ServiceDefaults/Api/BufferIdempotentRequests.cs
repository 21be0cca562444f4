using Microsoft.AspNetCore.Http;

namespace ServiceDefaults.Api;

/// <summary>Keeps the body of a request with an Idempotency-Key, so that it can be compared with the first one after the handler has read it.</summary>
internal sealed class BufferIdempotentRequests(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (IdempotencyKey.IsOn(context.Request))
        {
            context.Request.EnableBuffering();
        }
        return next(context);
    }
}
