using Microsoft.AspNetCore.Http.HttpResults;
using ServiceDefaults.Problems;
using Yarp.ReverseProxy.Forwarder;

namespace Gateway.Answers;

/// <summary>What went wrong between gateway and service, as a problem document.</summary>
internal static class ForwardingProblems
{
    public static void UseForwardingProblems(this WebApplication app) =>
        app.Use(
            async (context, next) =>
            {
                await next(context);
                if (context.GetForwarderErrorFeature() is { } error && !context.Response.HasStarted && !context.RequestAborted.IsCancellationRequested)
                {
                    await Describe(error, context.Response).ExecuteAsync(context);
                }
            }
        );

    public static ProblemHttpResult TooLarge() =>
        Problem.Of(StatusCodes.Status413PayloadTooLarge, "too-large", "The request is too large.", "The body is larger than this route accepts.");

    public static ProblemHttpResult Unavailable() =>
        Problem.Of(
            StatusCodes.Status503ServiceUnavailable,
            "unavailable",
            "Temporarily unavailable.",
            "A part this request needs is restarting or slow. Repeat it in a moment."
        );

    private static ProblemHttpResult Describe(IForwarderErrorFeature error, HttpResponse response)
    {
        if (IsTooLarge(error.Exception))
        {
            return TooLarge();
        }
        if (error.Error is ForwarderError.RequestBodyClient or ForwarderError.RequestCreation)
        {
            return Problem.Of(StatusCodes.Status400BadRequest, "validation", "The request cannot be read.", "Its body ended early or is malformed.");
        }
        response.Headers.RetryAfter = "1";
        return Unavailable();
    }

    private static bool IsTooLarge(Exception? exception) =>
        exception switch
        {
            null => false,
            BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => true,
            AggregateException aggregate => aggregate.InnerExceptions.Any(IsTooLarge),
            _ => IsTooLarge(exception.InnerException),
        };
}
