using ServiceDefaults.Problems;

namespace Gateway.Routing;

internal static class ReservedPaths
{
    private static readonly string[] Prefixes = ["/v1", "/functions", "/mcp", "/internal", "/openapi"];

    /// <summary>Under these names the API lives, or nothing is to be reached: what has no route gets a problem document instead of a page of the UI.</summary>
    public static void MapReservedPaths(this WebApplication app)
    {
        foreach (var prefix in Prefixes)
        {
            app.Map(
                prefix + "/{**rest}",
                () => Problem.Of(StatusCodes.Status404NotFound, "not-found", "There is nothing here.", "No route has this path; see /docs for those there are.")
            );
        }
    }
}
