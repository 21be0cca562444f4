using System.Diagnostics;
using Gateway.Authentication;

namespace Gateway.Answers;

/// <summary>One line for each request. The route's pattern, not the path: ids, phones and search words stay out of the log.</summary>
internal static partial class AccessLog
{
    public static void UseAccessLog(this WebApplication app)
    {
        var logger = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Gateway.Access");
        app.Use(
            async (context, next) =>
            {
                // A fault clears the endpoint on its way out.
                var route = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "-";
                var start = Stopwatch.GetTimestamp();
                try
                {
                    await next(context);
                }
                finally
                {
                    Write(
                        logger,
                        context.Request.Method,
                        route,
                        context.Response.StatusCode,
                        Stopwatch.GetElapsedTime(start).TotalMilliseconds,
                        context.Features.Get<ResolvedCredential>()?.CredentialId
                    );
                }
            }
        );
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Method} {Route} {Status} {Milliseconds:0.0} ms {CredentialId}")]
    private static partial void Write(ILogger logger, string method, string route, int status, double milliseconds, Guid? credentialId);
}
