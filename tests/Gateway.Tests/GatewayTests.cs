using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Tests;

/// <summary>A gateway of its own for each test, before stubs of the services.</summary>
public abstract class GatewayTests : IAsyncLifetime
{
    private readonly string _documents = Directory.CreateTempSubdirectory("contacts-gateway-").FullName;
    private GatewayFactory? _gateway;

    private protected StubBackend Contacts { get; private set; } = null!;
    private protected StubBackend Communications { get; private set; } = null!;
    private protected StubBackend Web { get; private set; } = null!;
    private protected StubBackend IdentityBackend { get; private set; } = null!;
    private protected LogLines Log { get; } = new();
    private protected StubIdentity Identity { get; private set; } = null!;

    protected IServiceProvider Services => _gateway!.Services;

    /// <summary>Without a credential.</summary>
    protected HttpClient Client { get; private set; } = null!;

    protected virtual Dictionary<string, string?> Settings => [];

    protected virtual string? Broker => null;

    public async ValueTask InitializeAsync()
    {
        Contacts = await StubBackend.StartAsync("contacts");
        Communications = await StubBackend.StartAsync("communications");
        Web = await StubBackend.StartAsync("web");
        IdentityBackend = await StubBackend.StartAsync("identity");
        Identity = new(IdentityBackend);
        WriteDocument("identity", Operation("/v1/sessions", "post", isSecured: false), Operation("/v1/sessions/current", "delete"));
        WriteDocument(
            "contacts",
            Operation("/v1/contacts", "get"),
            Operation("/v1/contacts/{id}", "get"),
            Operation("/v1/contacts/batch", "post", maxBodyBytes: 8 * 1024 * 1024),
            Operation("/functions/v1/create-contact", "post")
        );
        WriteDocument(
            "communications",
            Operation("/v1/contacts/{id}/timeline", "get"),
            Operation("/v1/chat/sessions", "post", isSecured: false),
            Operation("/v1/chat/sessions/{id}/messages", "post", isSecured: false),
            Operation("/v1/chat/widgets", "post")
        );
        var settings = new Dictionary<string, string?>(Settings)
        {
            ["OpenApi:Folder"] = _documents,
            ["services:identity:http:0"] = IdentityBackend.Address,
            ["services:contacts:http:0"] = Contacts.Address,
            ["services:communications:http:0"] = Communications.Address,
            ["services:web:http:0"] = Web.Address,
        };
        _gateway = new GatewayFactory(settings, Broker, Log);
        _gateway.UseKestrel();
        _gateway.StartServer();
        var address = Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        Client = new(
            new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseCookies = false,
                ActivityHeadersPropagator = null,
            }
        )
        {
            BaseAddress = new(address),
        };
    }

    protected async Task<HttpResponseMessage> GetAsync(string path, string? credential = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Authorization = credential is null ? null : new AuthenticationHeaderValue("Bearer", credential);
        return await Client.SendAsync(request);
    }

    protected static JsonObject Operation(string path, string method, bool isSecured = true, long? maxBodyBytes = null) =>
        new()
        {
            [path] = new JsonObject
            {
                [method] = new JsonObject
                {
                    ["tags"] = new JsonArray("Tag"),
                    ["responses"] = new JsonObject { ["200"] = new JsonObject { ["description"] = "OK" } },
                    ["security"] = isSecured ? new JsonArray(new JsonObject { ["bearer"] = new JsonArray() }) : null,
                    ["x-max-body-bytes"] = maxBodyBytes,
                },
            },
        };

    protected static async Task UntilAsync(Func<bool> condition)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!condition())
        {
            await Task.Delay(10, timeout.Token);
        }
    }

    private void WriteDocument(string service, params JsonObject[] operations)
    {
        var paths = new JsonObject(operations.SelectMany(operation => operation).Select(path => KeyValuePair.Create(path.Key, path.Value?.DeepClone())));
        var document = new JsonObject { ["openapi"] = "3.1.1", ["paths"] = paths };
        File.WriteAllText(Path.Combine(_documents, service + ".json"), document.ToJsonString());
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _gateway!.DisposeAsync();
        await Contacts.DisposeAsync();
        await Communications.DisposeAsync();
        await Web.DisposeAsync();
        await IdentityBackend.DisposeAsync();
        Directory.Delete(_documents, recursive: true);
        GC.SuppressFinalize(this);
    }
}
