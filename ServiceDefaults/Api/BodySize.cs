using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace ServiceDefaults.Api;

/// <summary>How large a route's body may be where that is more than the megabyte that routes accept otherwise. The gateway reads it in the OpenAPI document.</summary>
public sealed record BodySize(long Bytes) : IRequestSizeLimitMetadata
{
    /// <summary>Member of an operation in the OpenAPI document.</summary>
    public const string Extension = "x-max-body-bytes";

    /// <summary>The server counts the frames of a chunked body too.</summary>
    public long? MaxRequestBodySize => Bytes + (Bytes / 16);

    internal static void Document(OpenApiOperation operation, IList<object> metadata)
    {
        if (metadata.OfType<BodySize>().LastOrDefault() is { Bytes: var bytes })
        {
            operation.Extensions ??= new Dictionary<string, IOpenApiExtension>();
            operation.Extensions[Extension] = new JsonNodeExtension(bytes);
        }
    }
}

public static class BodySizeRoutes
{
    /// <summary>The route accepts a body of this many bytes; more is answered 413.</summary>
    public static RouteHandlerBuilder AcceptsBodyOf(this RouteHandlerBuilder route, long bytes) =>
        route.WithMetadata(new BodySize(bytes)).ProducesProblem(StatusCodes.Status413PayloadTooLarge);
}
