using System.Security.Claims;
using Bunit;
using Bunit.TestDoubles;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor.Services;
using ServiceDefaults.Authentication;
using Web.Api;
using Web.Live;
using Web.SignIn;

namespace Web.Tests;

/// <summary>Components of a signed-in person, over a stubbed API.</summary>
public abstract class ComponentTests : BunitContext
{
    protected static readonly Guid Workspace = Guid.CreateVersion7();

    private protected StubGateway Gateway { get; } = new();

    private protected ContactNews News { get; } = new();

    protected ComponentTests()
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        AddBunitPersistentComponentState();
        Services.AddMudServices();
        Services.AddSingleton(TimeProvider.System);
        Services.AddSingleton(News);
        Services.AddHttpClient(ApiClient.Gateway, client => client.BaseAddress = new("http://gateway")).ConfigurePrimaryHttpMessageHandler(() => Gateway);
        Services.AddScoped<ApiClient>();
        var person = AddAuthorization().SetAuthorized("Olivia Owner");
        person.SetClaims(new Claim(SessionClaims.Token, "cs_token"), new Claim(InternalToken.WorkspaceId, Workspace.ToString()));
    }
}
