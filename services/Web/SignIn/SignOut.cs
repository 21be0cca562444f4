using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Web.SignIn;

internal static class SignOut
{
    /// <summary>A form post with an antiforgery token: no other site can sign anybody out.</summary>
    public static void MapSignOut(this WebApplication app) =>
        app.MapPost("/sign-out", HandleAsync).WithMetadata(new RequireAntiforgeryTokenAttribute()).AllowAnonymous();

    private static async Task<RedirectHttpResult> HandleAsync(
        HttpContext http,
        Sessions sessions,
        [FromForm] string? unused,
        CancellationToken cancellationToken
    )
    {
        if (http.User.FindFirst(SessionClaims.Token) is { } token)
        {
            await sessions.EndAsync(token.Value, cancellationToken);
        }
        await http.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme);
        return TypedResults.LocalRedirect(SignInSetup.Path);
    }
}
