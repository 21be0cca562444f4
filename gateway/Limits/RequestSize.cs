using Gateway.Answers;
using Yarp.ReverseProxy.Model;

namespace Gateway.Limits;

/// <summary>A body that announces more than its route takes is refused before any of it is read; one that does not announce is cut off while it streams (by the server).</summary>
internal static class RequestSize
{
    public const long MaxBytes = 1024 * 1024;

    public static void UseRequestSize(this WebApplication app) =>
        app.Use(
            (context, next) =>
            {
                var limit = context.GetEndpoint()?.Metadata.GetMetadata<RouteModel>()?.Config.MaxRequestBodySize ?? MaxBytes;
                return context.Request.ContentLength > limit ? ForwardingProblems.TooLarge().ExecuteAsync(context) : next(context);
            }
        );
}
