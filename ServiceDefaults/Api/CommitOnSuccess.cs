using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using ServiceDefaults.Authentication;
using ServiceDefaults.Postgres;

namespace ServiceDefaults.Api;

/// <summary>
/// A request is one unit of work: committed when the handler answers below 400, rolled back otherwise. With an Idempotency-Key the answer itself is stored in that
/// transaction, so that a repetition gets the same answer and nothing happens twice, whatever crashed in between.
/// </summary>
internal sealed class CommitOnSuccess : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method))
        {
            return await next(context);
        }
        var work = http.RequestServices.GetRequiredService<UnitOfWork>();
        if (HttpMethods.IsPost(http.Request.Method) && IdempotencyKey.IsOn(http.Request))
        {
            return await RunOnceAsync(context, next, work);
        }
        var result = await next(context);
        if (StatusOf(result) < StatusCodes.Status400BadRequest)
        {
            await work.CommitAsync(http.RequestAborted);
        }
        return result;
    }

    private static async Task<object?> RunOnceAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next, UnitOfWork work)
    {
        var http = context.HttpContext;
        var caller = http.RequestServices.GetRequiredService<Caller>();
        if (await IdempotencyKey.ReadAsync(http.Request) is not { } key)
        {
            return Problems.Problem.Invalid("Idempotency-Key", "Idempotency-Key takes 1 to 255 printable ASCII characters.");
        }
        var claim = await key.ClaimAsync(work, caller.Actor.Id, http.RequestAborted);
        if (claim is not null)
        {
            return claim;
        }
        var result = await next(context);
        if (StatusOf(result) >= StatusCodes.Status400BadRequest)
        {
            return result;
        }
        var answer = await StoredAnswer.CaptureAsync(result, http);
        var isSecret = http.GetEndpoint()?.Metadata.GetMetadata<ShownOnce>() is not null;
        await key.StoreAsync(work, caller.Actor.Id, isSecret ? StoredAnswer.Withheld : answer, http.RequestAborted);
        await work.CommitAsync(http.RequestAborted);
        return answer;
    }

    private static int StatusOf(object? result) =>
        result switch
        {
            INestedHttpResult nested => StatusOf(nested.Result),
            IStatusCodeHttpResult { StatusCode: { } status } => status,
            _ => StatusCodes.Status200OK,
        };
}
