using Microsoft.AspNetCore.Http.HttpResults;
using ServiceDefaults.Problems;
using Yarp.ReverseProxy.Forwarder;

namespace Gateway.Answers;

/// <summary>What went wrong between gateway and service, as a problem document.</summary>
internal static partial class ForwardingProblems
{
    public static void UseForwardingProblems(this WebApplication app)
    {
        var logger = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Gateway.Forwarding");
        app.Use(
            async (context, next) =>
            {
                await next(context);
                // Nobody is there to be told when the client has gone.
                if (context.GetForwarderErrorFeature() is not { } error || context.RequestAborted.IsCancellationRequested)
                {
                    return;
                }
                WriteFailure(logger, context.GetReverseProxyFeature().Cluster.Config.ClusterId, error.Error, error.Exception?.GetBaseException().Message);
                if (!context.Response.HasStarted)
                {
                    await Describe(error, context.Response).ExecuteAsync(context);
                }
            }
        );
    }

    /// <summary>In one line; YARP's own is the whole stack.</summary>
    [LoggerMessage(Level = LogLevel.Warning, Message = "Forwarding to {Service} failed: {Error}: {Reason}")]
    private static partial void WriteFailure(ILogger logger, string service, ForwarderError error, string? reason);

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
