using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Testing;
using Web.Api;

namespace Web.Tests.SignIn;

public sealed partial class SignInTests(PostgresFixture postgres) : IAsyncLifetime
{
    private const string Session = """
        {
          "token": "cs_secret", "expires_at": "2026-12-01T00:00:00Z", "user": { "id": "0198c0de-0000-7000-8000-0000000000f1", "email": "owner@demo.example", "name": "Olivia" },
          "workspace": { "id": "0198c0de-0000-7000-8000-0000000000aa", "name": "Demo", "default_country": "US" }, "role": "owner", "workspaces": []
        }
        """;

    private readonly StubGateway _gateway = new();
    private ServiceFactory<Program> _web = null!;
    private HttpClient _browser = null!;

    public async ValueTask InitializeAsync()
    {
        _web = await ServiceFactory<Program>.CreateAsync(
            postgres,
            "webdb",
            configureServices: services => services.AddHttpClient(ApiClient.Gateway).ConfigurePrimaryHttpMessageHandler(() => _gateway)
        );
        _browser = Browser();
        _gateway.Answer = request =>
            Task.FromResult(
                request.Method == HttpMethod.Post
                    ? StubGateway.Json(Session, HttpStatusCode.Created)
                    : StubGateway.Json(Rows.Page([Rows.Contact("<img src=x onerror=alert(1)>")]))
            );
    }

    [Fact]
    public async Task The_front_door_leads_to_the_contacts()
    {
        var answer = await _browser.GetAsync("/");

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal("/contacts", answer.Headers.Location!.OriginalString);
    }

    [Theory]
    [InlineData("/contacts")]
    [InlineData("/contacts/0198c0de-0000-7000-8000-0000000000f1")]
    public async Task Pages_ask_for_a_sign_in(string page)
    {
        var answer = await _browser.GetAsync(page);

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal("/sign-in?return=" + Uri.EscapeDataString(page), answer.Headers.Location!.PathAndQuery);
        Assert.Empty(_gateway.Requests);
    }

    [Fact]
    public async Task Who_signs_in_gets_a_cookie_that_tells_nothing_and_sees_the_contacts()
    {
        var answer = await SignInAsync("/sign-in?return=%2Fcontacts%3Fq%3Djane");

        Assert.Equal("http://localhost/contacts?q=jane", answer.Headers.Location!.ToString());
        var cookie = answer.Headers.GetValues("Set-Cookie").Single(cookie => cookie.StartsWith("session=", StringComparison.Ordinal));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("cs_secret", cookie, StringComparison.Ordinal);
        Assert.Equal("""{"email":"owner@demo.example","password":"correct horse"}""", _gateway.Requests[0].Body);

        var page = await _browser.GetStringAsync("/contacts");
        Assert.Contains("&lt;img src=x onerror=alert(1)&gt;", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", page, StringComparison.Ordinal);
        Assert.DoesNotContain("cs_secret", page, StringComparison.Ordinal);
        Assert.Equal("Bearer cs_secret", _gateway.Requests[^1].Authorization);
    }

    [Fact]
    public async Task Behind_https_cookies_are_secure_and_redirects_stay_outside()
    {
        using var plain = _web.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false, HandleCookies = false });
        plain.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");
        plain.DefaultRequestHeaders.Add("X-Forwarded-Host", "contacts.example");

        var page = await plain.GetAsync("/sign-in");
        var antiforgery = page.Headers.GetValues("Set-Cookie").Single();
        Assert.Contains("secure", antiforgery, StringComparison.OrdinalIgnoreCase);
        plain.DefaultRequestHeaders.Add("Cookie", antiforgery.Split(';')[0]);
        var answer = await SignInAsync(plain, TokenIn(await page.Content.ReadAsStringAsync()), "/sign-in");

        Assert.Equal("https://contacts.example/contacts", answer.Headers.Location!.ToString());
        Assert.Contains("secure", Assert.Single(answer.Headers.GetValues("Set-Cookie")), StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData(401, "Email or password is wrong.")]
    [InlineData(429, "Too many attempts.")]
    [InlineData(500, "Signing in is not possible right now.")]
    public async Task A_refusal_says_why_and_gives_no_cookie(int status, string text)
    {
        _gateway.Answers($$"""{"status":{{status}}}""", (HttpStatusCode)status);

        var answer = await SignInAsync("/sign-in");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var page = await answer.Content.ReadAsStringAsync();
        Assert.Contains(text, page, StringComparison.Ordinal);
        Assert.Contains("value=\"owner@demo.example\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("correct horse", page, StringComparison.Ordinal);
        Assert.DoesNotContain(
            answer.Headers.NonValidated,
            header => header.Key == "Set-Cookie" && header.Value.ToString().StartsWith("session=", StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData("//evil.example")]
    [InlineData("https://evil.example")]
    [InlineData("/\\evil.example")]
    [InlineData("\\\\evil.example")]
    [InlineData("/\t/evil.example")]
    public async Task A_sign_in_leads_to_this_site_only(string target)
    {
        var answer = await SignInAsync("/sign-in?return=" + Uri.EscapeDataString(target));

        Assert.Equal("http://localhost/contacts", answer.Headers.Location!.ToString());
    }

    [Fact]
    public async Task A_form_of_another_site_neither_signs_in_nor_out()
    {
        using var signIn = new FormUrlEncodedContent([new("_handler", "sign-in"), new("Input.Email", "a@b.example"), new("Input.Password", "x")]);
        using var signOut = new FormUrlEncodedContent([]);

        Assert.Equal(HttpStatusCode.BadRequest, (await _browser.PostAsync("/sign-in", signIn)).StatusCode);
        var refused = await _browser.PostAsync("/sign-out", signOut);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains("This was not possible", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Empty(_gateway.Requests);
    }

    [Fact]
    public async Task Signing_out_ends_the_session_at_the_api_too()
    {
        await SignInAsync("/sign-in");
        var token = TokenIn(await _browser.GetStringAsync("/contacts"));

        using var form = new FormUrlEncodedContent([new("__RequestVerificationToken", token)]);
        var answer = await _browser.PostAsync("/sign-out", form);

        Assert.Equal("/sign-in", answer.Headers.Location!.ToString());
        Assert.Equal(("DELETE /v1/sessions/current", "Bearer cs_secret", ""), _gateway.Requests[^1]);
        Assert.Equal(HttpStatusCode.Redirect, (await _browser.GetAsync("/contacts")).StatusCode);
    }

    [Fact]
    public async Task A_restarted_service_still_knows_who_is_signed_in()
    {
        var cookie = (await SignInAsync("/sign-in")).Headers.GetValues("Set-Cookie").Single(c => c.StartsWith("session=", StringComparison.Ordinal)).Split(';')[
            0
        ];
        await using var restarted = await ServiceFactory<Program>.CreateAsync(
            postgres,
            "webdb",
            new Dictionary<string, string?> { ["ConnectionStrings:webdb"] = _web.OwnerConnectionString },
            services => services.AddHttpClient(ApiClient.Gateway).ConfigurePrimaryHttpMessageHandler(() => _gateway)
        );
        using var browser = restarted.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false, HandleCookies = false });
        browser.DefaultRequestHeaders.Add("Cookie", cookie);

        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/contacts")).StatusCode);
    }

    [Fact]
    public async Task Pages_run_no_inline_script_and_cannot_be_framed()
    {
        var answer = await _browser.GetAsync("/sign-in");

        var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
        Assert.Contains("script-src 'self';", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.DoesNotMatch(@"<script(?![^>]*\bsrc=)", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task What_is_not_there_is_a_page_that_says_so()
    {
        var answer = await _browser.GetAsync("/nothing-here");

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Contains("There is nothing here", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private HttpClient Browser() => _web.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false });

    private async Task<HttpResponseMessage> SignInAsync(string path) => await SignInAsync(_browser, TokenIn(await _browser.GetStringAsync(path)), path);

    private static async Task<HttpResponseMessage> SignInAsync(HttpClient browser, string token, string path)
    {
        using var form = new FormUrlEncodedContent([
            new("_handler", "sign-in"),
            new("__RequestVerificationToken", token),
            new("Input.Email", "owner@demo.example"),
            new("Input.Password", "correct horse"),
        ]);
        return await browser.PostAsync(path, form);
    }

    private static string TokenIn(string page) => Token().Match(page).Groups[1].Value;

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex Token();

    public async ValueTask DisposeAsync()
    {
        _browser.Dispose();
        await _web.DisposeAsync();
        _gateway.Dispose();
    }
}
