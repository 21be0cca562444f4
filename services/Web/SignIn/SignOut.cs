using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Web.SignIn;

internal static class SignOut
{
    public static void MapSignOut(this WebApplication app) => app.MapPost("/sign-out", HandleAsync).AllowAnonymous();

    /// <summary>A form post with an antiforgery token: no other site can sign anybody out.</summary>
    private static async Task<Results<RedirectHttpResult, BadRequest>> HandleAsync(
        HttpContext http,
        IAntiforgery antiforgery,
        Sessions sessions,
        CancellationToken cancellationToken
    )
    {
        if (!await antiforgery.IsRequestValidAsync(http))
        {
            return TypedResults.BadRequest();
        }
        if (http.User.FindFirst(SessionClaims.Token) is { } token)
        {
            await sessions.EndAsync(token.Value, cancellationToken);
        }
        await http.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme);
        return TypedResults.LocalRedirect(SignInSetup.Path);
    }
}
