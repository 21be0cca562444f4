using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Identity.ApiKeys;
using Identity.Tokens;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Testing;

namespace Identity.Tests;

/// <summary>An Identity of its own for each test, with the bootstrapped workspace; requests carry tokens that it issued itself, as behind the gateway.</summary>
public abstract class IdentityTests(PostgresFixture postgres) : IAsyncLifetime
{
    protected const string OwnerEmail = "owner@demo.example";
    protected const string OwnerPassword = "a long enough password";
    protected static readonly string BootstrapKey = ApiKeyFormat.Create();

    protected ServiceFactory<Program> Service { get; private set; } = null!;

    /// <summary>Carries no token.</summary>
    protected HttpClient Anonymous { get; private set; } = null!;

    protected PostgresFixture Postgres => postgres;

    public virtual async ValueTask InitializeAsync()
    {
        Service = await ServiceFactory<Program>.CreateAsync(postgres, "identitydb", Settings(), TrustOwnTokens);
        Anonymous = Service.CreateClient();
    }

    protected static Dictionary<string, string?> Settings() =>
        new()
        {
            ["Bootstrap:WorkspaceName"] = "Demo",
            ["Bootstrap:OwnerEmail"] = OwnerEmail,
            ["Bootstrap:OwnerPassword"] = OwnerPassword,
            ["Bootstrap:ApiKey"] = BootstrapKey,
            ["Bootstrap:DefaultCountry"] = "DE",
        };

    internal static void TrustOwnTokens(IServiceCollection services) =>
        services
            .AddOptions<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme)
            .PostConfigure<SigningKey>(
                (options, own) =>
                {
                    var configuration = new OpenIdConnectConfiguration { SigningKeys = { own.Key } };
                    options.ConfigurationManager = new StaticConfigurationManager<OpenIdConnectConfiguration>(configuration);
                }
            );

    protected Task<HttpResponseMessage> TrySignInAsync(string email, string password, Guid? workspaceId = null) =>
        Anonymous.PostAsJsonAsync(
            "/v1/sessions",
            new
            {
                email,
                password,
                workspace_id = workspaceId,
            }
        );

    protected async Task<string> SignInAsync(string email = OwnerEmail, string password = OwnerPassword) =>
        (string)(await TrySignInAsync(email, password).JsonAsync(HttpStatusCode.Created))["token"]!;

    protected Task<HttpResponseMessage> TryResolveAsync(string credential) => Anonymous.PostAsJsonAsync("/internal/credentials/resolve", new { credential });

    protected Task<JsonNode> ResolveAsync(string credential) => TryResolveAsync(credential).JsonAsync(HttpStatusCode.OK);

    /// <summary>A client as the gateway makes of one: with the internal token in place of the credential.</summary>
    protected async Task<HttpClient> ClientOfAsync(string credential)
    {
        var client = Service.CreateClient();
        client.DefaultRequestHeaders.Authorization = new("Bearer", (string)(await ResolveAsync(credential))["internal_token"]!);
        return client;
    }

    protected async Task<HttpClient> OwnerAsync() => await ClientOfAsync(await SignInAsync());

    /// <summary>Adds a member and signs the person in.</summary>
    protected async Task<(Guid UserId, string Token)> AddMemberAsync(HttpClient by, string email, string role)
    {
        var added = await by.PostAsJsonAsync(
                "/v1/members",
                new
                {
                    email,
                    name = "Somebody",
                    role,
                }
            )
            .JsonAsync(HttpStatusCode.Created);
        return ((Guid)added["member"]!["user_id"]!, await SignInAsync(email, (string)added["temporary_password"]!));
    }

    protected static async Task<string> CreateKeyAsync(HttpClient by, params string[] scopes) =>
        (string)(await by.PostAsJsonAsync("/v1/api-keys", new { name = "Key", scopes }).JsonAsync(HttpStatusCode.Created))["key"]!;

    public async ValueTask DisposeAsync()
    {
        await Service.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
