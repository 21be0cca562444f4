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
builder.AddPostgres("webdb");
builder.AddMessaging(
    "web",
    m => m.Listens<HearContacts, ContactChanged>().Listens<HearContacts, ContactDeleted>().Listens<HearContacts, ContactActivityChanged>()
);
builder.AddApi();
builder.AddSignIn();
builder.AddBehindGateway();
builder.Services.AddSingleton<ContactNews>();
builder.Services.AddMudServices();
builder.Services.AddRazorComponents().AddInteractiveServerComponents();

var app = builder.Build();
app.UseForwardedHeaders();
app.UseSecurityHeaders();
app.UseServiceDefaults();
app.UseStatusCodePagesWithReExecute("/not-found", createScopeForStatusCodePages: true);
app.UseExceptionHandler("/error", createScopeForErrors: true);
app.UseAntiforgery();
app.MapStaticAssets().AllowAnonymous();
app.MapSignOut();
app.MapRazorComponents<App>().AddInteractiveServerRenderMode(options => options.ContentSecurityFrameAncestorsPolicy = "'none'");
app.Run();
