using System.Security.Cryptography;
using Gateway.Routing;

namespace Gateway.Answers;

internal static class SecurityHeaders
{
    /// <summary>Answers of the API are no pages: nothing in them may run or be framed.</summary>
    private const string ApiPolicy = "default-src 'none'; frame-ancestors 'none'";

    /// <summary>Scalar styles itself in the page; all else of it comes from this host.</summary>
    private const string DocsPolicy =
        "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; frame-ancestors 'none'; script-src 'self'";

    /// <summary>Lets the one script that stands in the page itself run, in this answer alone.</summary>
    public static string ScriptNonce(this HttpContext context)
    {
        if (context.Items[nameof(ScriptNonce)] is not string nonce)
        {
            context.Items[nameof(ScriptNonce)] = nonce = RandomNumberGenerator.GetHexString(32, lowercase: true);
        }
        return nonce;
    }

    public static void UseSecurityHeaders(this WebApplication app)
    {
        app.UseHsts();
        app.Use(
            (context, next) =>
            {
                context.Response.OnStarting(() =>
                {
                    Write(context);
                    return Task.CompletedTask;
                });
                return next(context);
            }
        );
    }

    private static void Write(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "strict-origin-when-cross-origin";
        if (context.Request.Path.StartsWithSegments("/docs"))
        {
            headers.ContentSecurityPolicy = $"{DocsPolicy} 'nonce-{context.ScriptNonce()}'";
        }
        else if (context.Entered() == Door.Web)
        {
            // The UI knows best what its pages need; unframed they are in any case.
            headers.XFrameOptions = "DENY";
            headers.ContentSecurityPolicy = headers.ContentSecurityPolicy.Count > 0 ? headers.ContentSecurityPolicy : "frame-ancestors 'none'";
        }
        else
        {
            headers.ContentSecurityPolicy = ApiPolicy;
            if (headers.CacheControl.Count == 0)
            {
                headers.CacheControl = "no-store";
            }
        }
    }
}
