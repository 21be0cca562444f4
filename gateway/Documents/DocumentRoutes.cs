using Gateway.Answers;
using Scalar.AspNetCore;

namespace Gateway.Documents;

internal static class DocumentRoutes
{
    public const string DocumentPath = "/openapi/v1.json";

    /// <summary>The merged document, and Scalar's page over it; its script comes from its package, and what it would offer of its maker's services is off.</summary>
    public static void MapDocuments(this WebApplication app, IReadOnlyList<ServiceDocument> documents)
    {
        var merged = MergedDocument.Merge(documents);
        app.MapGet(DocumentPath, () => TypedResults.Text(merged, "application/json"));
        app.MapScalarApiReference(
            "/docs",
            (options, context) =>
                options
                    .WithTitle("Contacts API")
                    .WithOpenApiRoutePattern(DocumentPath)
                    .WithNonce(context.ScriptNonce())
                    .DisableDefaultFonts()
                    .DisableTelemetry()
                    .DisableAgent()
                    .DisableMcp()
                    .HideDeveloperTools()
                    .HideClientButton()
        );
    }
}
