using Microsoft.Playwright;

namespace EndToEnd.Tests;

/// <summary>The business's staff in a real browser. Screenshots stay as artefacts of the run.</summary>
public sealed class BrowserTests(RunningSystem system) : IAsyncLifetime
{
    private IPlaywright _playwright = null!;
    private IBrowser _browser = null!;
    private IPage _page = null!;

    public async ValueTask InitializeAsync()
    {
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(
            new()
            {
                ExecutablePath = "/usr/bin/chromium",
                Args =
                [
                    "--headless",
                    "--no-sandbox",
                    "--disable-gpu",
                    "--disable-quic",
                    "--no-first-run",
                    "--disable-background-networking",
                    "--disable-component-update",
                    "--disable-sync",
                ],
            }
        );
        _page = await _browser.NewPageAsync(
            new()
            {
                BaseURL = system.Url.AbsoluteUri,
                ViewportSize = new() { Width = 1280, Height = 800 },
            }
        );
    }

    [Fact]
    public async Task Somebody_signs_in_and_sees_a_new_caller_appear_without_a_reload()
    {
        var known = PhoneNetwork.NewPerson();
        await system.Phones.TextAsync(known, "Good morning");
        await SignInAsync();
        await ScreenshotAsync("contacts");

        var person = PhoneNetwork.NewPerson();
        await system.Phones.TextAsync(person, "Hello, I am new here");

        var row = _page.GetByRole(AriaRole.Link).Filter(new() { HasText = National(person) }).First;
        await row.WaitForAsync(new() { Timeout = 10_000 });
        await row.ClickAsync();
        await _page.GetByText("Hello, I am new here").WaitForAsync(new() { Timeout = 10_000 });
        await ScreenshotAsync("contact");
    }

    [Fact]
    public async Task A_name_that_is_markup_is_shown_as_text()
    {
        const string Name = "<img src=x onerror=alert(1)>";
        await system.Api.PostJsonAsync("/v1/contacts", new { phone = PhoneNetwork.NewPerson(), name = Name });
        var alerted = false;
        _page.Dialog += (_, dialog) =>
        {
            alerted = true;
            _ = dialog.DismissAsync();
        };

        await SignInAsync();

        await _page.GetByText(Name).First.WaitForAsync(new() { Timeout = 10_000 });
        Assert.False(alerted);
    }

    [Fact]
    public async Task A_wrong_password_is_said_and_nothing_shown()
    {
        await _page.GotoAsync("/");
        await _page.GetByLabel("Email").FillAsync(system.Email);
        await _page.GetByLabel("Password").FillAsync("not the password");
        await _page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();

        await _page.GetByRole(AriaRole.Alert).First.WaitForAsync(new() { Timeout = 10_000 });
        Assert.Equal(0, await _page.GetByRole(AriaRole.Searchbox).CountAsync());
    }

    [Fact]
    public async Task The_documentation_opens_without_anything_from_elsewhere()
    {
        var foreign = new List<string>();
        _page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(system.Url.AbsoluteUri, StringComparison.Ordinal) && request.Url.StartsWith("http", StringComparison.Ordinal))
            {
                foreign.Add(request.Url);
            }
        };

        await _page.GotoAsync("/docs");

        await _page.GetByText("/v1/api-keys").First.WaitForAsync(new() { Timeout = 15_000, State = WaitForSelectorState.Attached });
        await ScreenshotAsync("docs");
        Assert.Empty(foreign);
    }

    private async Task SignInAsync()
    {
        await _page.GotoAsync("/");
        await _page.GetByLabel("Email").FillAsync(system.Email);
        await _page.GetByLabel("Password").FillAsync(system.Password);
        await _page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await _page.GetByRole(AriaRole.Searchbox).WaitForAsync(new() { Timeout = 15_000 });
    }

    /// <summary>The last digits, which every way of writing a number has in common.</summary>
    private static string National(string person) => person[^4..];

    private async Task ScreenshotAsync(string name) =>
        await _page.ScreenshotAsync(new() { Path = Path.Combine(RunningSystem.Repository(), "artifacts", "screenshots", $"{name}.png") });

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }
}
