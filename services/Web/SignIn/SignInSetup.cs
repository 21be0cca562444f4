using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.Options;
using Web.Keys;

namespace Web.SignIn;

internal static class SignInSetup
{
    public const string Path = "/sign-in";

    /// <summary>A person is known by an encrypted cookie that holds the session of the API; pages need one unless they say otherwise.</summary>
    public static void AddSignIn(this WebApplicationBuilder builder)
    {
        builder.Services.AddScoped<Sessions>();
        builder
            .Services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme)
            .AddCookie(options =>
            {
                options.LoginPath = Path;
                options.AccessDeniedPath = Path;
                options.ReturnUrlParameter = "return";
                options.Cookie.Name = "session";
                options.Cookie.HttpOnly = true;
                options.Cookie.SameSite = SameSiteMode.Lax;
                options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
                // The session at the API ends 14 days after its last use; the cookie likewise.
                options.ExpireTimeSpan = TimeSpan.FromDays(14);
                options.SlidingExpiration = true;
            });
        builder.Services.AddAntiforgery(options =>
        {
            options.Cookie.Name = "antiforgery";
            options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        });
        builder.Services.AddDataProtection().SetApplicationName("contacts-web");
        builder.Services.AddSingleton<PostgresKeys>();
        builder.Services.AddOptions<KeyManagementOptions>().Configure<PostgresKeys>((options, keys) => options.XmlRepository = keys);
    }
}
