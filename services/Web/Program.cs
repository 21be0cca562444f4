using Messages.Contacts;
using Messaging;
using MudBlazor.Services;
using ServiceDefaults;
using ServiceDefaults.Postgres;
using Web.Api;
using Web.Components;
using Web.Live;
using Web.Security;
using Web.SignIn;

var builder = WebApplication.CreateBuilder(args);

// Also when run from the build's output outside Development; a published app has the files beside it.
builder.WebHost.UseStaticWebAssets();
builder.AddServiceDefaults();

builder.AddErrorPages();
builder.AddPostgres("webdb");
builder.AddMessaging(
    "web",
    m =>
        m.Listens<HearContacts, ContactChanged>()
            .Listens<HearContacts, ContactDeleted>()
            .Listens<HearContacts, ContactMerged>()
            .Listens<HearContacts, ContactActivityChanged>()
);
builder.AddApi();
builder.AddSignIn();
builder.AddBehindGateway();
builder.Services.AddSingleton<ContactNews>();
builder.Services.AddMudServices();
builder
    .Services.AddRazorComponents()
    .AddInteractiveServerComponents()
    // A page hands what it has loaded to its interactive self in one message: 50 long texts fit, 32 kB (the default) do not hold 50 contacts.
    .AddHubOptions(hub => hub.MaximumReceiveMessageSize = 512 * 1024);

var app = builder.Build();
app.UseForwardedHeaders();
app.UseSecurityHeaders();
app.UseErrorPages();
app.UseAuthentication();
app.UseAuthorization();
app.UseAntiforgery();
app.MapHealth();
app.MapStaticAssets().AllowAnonymous();
app.MapGet("/", () => TypedResults.Redirect("/contacts")).AllowAnonymous();
app.MapSignOut();
app.MapRazorComponents<App>().AddInteractiveServerRenderMode(options => options.ContentSecurityFrameAncestorsPolicy = "'none'");
app.Run();
