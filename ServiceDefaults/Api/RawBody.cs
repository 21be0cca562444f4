using Microsoft.AspNetCore.Builder;
using Microsoft.OpenApi;

namespace ServiceDefaults.Api;

/// <summary>The body of a route is no JSON: bytes of one of these types, as the OpenAPI document names them. What they are is for the handler to find out.</summary>
public sealed record RawBody(IReadOnlyList<string> ContentTypes)
{
    internal static void Document(OpenApiOperation operation, IList<object> metadata)
    {
        if (metadata.OfType<RawBody>().LastOrDefault() is not { ContentTypes: var types })
        {
            return;
        }
        operation.RequestBody = new OpenApiRequestBody
        {
            Required = true,
            Content = types.ToDictionary(
                type => type,
                _ => new OpenApiMediaType
                {
                    Schema = new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary" },
                }
            ),
        };
    }
}

public static class RawBodyRoutes
{
    public static RouteHandlerBuilder AcceptsRawBody(this RouteHandlerBuilder route, params string[] contentTypes) =>
        route.WithMetadata(new RawBody(contentTypes));
}
