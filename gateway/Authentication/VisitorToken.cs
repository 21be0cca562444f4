namespace Gateway.Authentication;

/// <summary>A chat visitor's <c>cv_…</c>: CommunicationsIngest made it and checks it; it opens nothing but the chat.</summary>
internal static class VisitorToken
{
    public static bool IsOn(HttpRequest request) =>
        request.Path.StartsWithSegments("/v1/chat") && request.Headers.Authorization.ToString().StartsWith("Bearer cv_", StringComparison.Ordinal);
}
