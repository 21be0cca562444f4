using Gateway.Authentication;
using Microsoft.AspNetCore.Diagnostics;

namespace Gateway.Answers;

/// <summary>Nobody can be told apart just now: 503, try again.</summary>
internal sealed class IdentityAway : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is not IdentityAwayException)
        {
            return false;
        }
        httpContext.Response.Headers.RetryAfter = "1";
        await ForwardingProblems.Unavailable().ExecuteAsync(httpContext);
        return true;
    }
}
