using ServiceDefaults.Problems;

namespace Contacts.Batches;

/// <summary>
/// So many batches at once, the others wait their turn: each holds up to two of the pool's connections (its rows' and its Idempotency-Key's), and single requests must not
/// starve behind them.
/// </summary>
internal sealed class BatchTurn : IEndpointFilter, IDisposable
{
    private const int AtOnce = 4;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly SemaphoreSlim _turns = new(AtOnce);

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (!await _turns.WaitAsync(Patience, http.RequestAborted))
        {
            http.Response.Headers.RetryAfter = "2";
            return Problem.Of(
                StatusCodes.Status503ServiceUnavailable,
                "unavailable",
                "Temporarily unavailable.",
                "Too many batches at once. Repeat it in a moment."
            );
        }
        try
        {
            return await next(context);
        }
        finally
        {
            _turns.Release();
        }
    }

    public void Dispose() => _turns.Dispose();
}
