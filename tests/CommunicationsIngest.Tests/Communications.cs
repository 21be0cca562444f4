using System.Net.Http.Json;
using System.Text.Json;
using Dapper;
using Messages.CommunicationsIngest;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using ServiceDefaults.Json;
using Testing;

namespace CommunicationsIngest.Tests;

/// <summary>The service on a fresh database with one workspace that has one number, and a Twilio that knows how to sign.</summary>
public sealed class Communications : IAsyncDisposable
{
    public const string AuthToken = "12345";
    public const string PublicUrl = "https://contacts.example";
    public const string OwnNumber = "+16045550100";

    private Communications(ServiceFactory<Program> factory)
    {
        Factory = factory;
        Api = factory.CreateClient(WorkspaceId);
        Anonymous = factory.CreateClient();
    }

    public ServiceFactory<Program> Factory { get; }
    public Guid WorkspaceId { get; } = Guid.CreateVersion7();

    /// <summary>A caller of the workspace with all scopes.</summary>
    public HttpClient Api { get; }
    public HttpClient Anonymous { get; }

    public static async Task<Communications> StartAsync(
        PostgresFixture postgres,
        IReadOnlyDictionary<string, string?>? settings = null,
        Action<IServiceCollection>? configureServices = null
    )
    {
        var all = new Dictionary<string, string?>
        {
            ["Twilio:AccountSid"] = "AC00000000000000000000000000000001",
            ["Twilio:AuthToken"] = AuthToken,
            ["PublicUrl"] = PublicUrl,
            ["Blobs:Path"] = Path.Combine(Path.GetTempPath(), $"contacts-blobs-{Guid.CreateVersion7():N}"),
        };
        foreach (var (key, value) in settings ?? new Dictionary<string, string?>())
        {
            all[key] = value;
        }
        var communications = new Communications(await ServiceFactory<Program>.CreateAsync(postgres, "communicationsdb", all, configureServices));
        await communications.RegisterAsync(OwnNumber);
        return communications;
    }

    public async Task RegisterAsync(string number, object? answer = null)
    {
        var response = await Api.PutAsJsonAsync($"/v1/phone-numbers/{Uri.EscapeDataString(number)}", new { label = "Main line", answer });
        response.EnsureSuccessStatusCode();
    }

    /// <summary>Sends a webhook as Twilio would, signed.</summary>
    public async Task<HttpResponseMessage> TwilioAsync(string path, params (string Name, string Value)[] parameters) =>
        await Anonymous.SendAsync(SignedRequest.To(path, parameters));

    public Task<HttpResponseMessage> TextAsync(string from, string body, string? sid = null, string to = OwnNumber) =>
        TwilioAsync(
            "/webhooks/twilio/messages",
            ("MessageSid", sid ?? SignedRequest.NewSid("SM")),
            ("From", from),
            ("To", to),
            ("Body", body),
            ("NumMedia", "0")
        );

    public async Task<JsonElement> GetAsync(string path)
    {
        var response = await Api.GetAsync(path);
        Assert.True(response.IsSuccessStatusCode, $"{path}: {(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}");
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }

    public async Task<JsonElement[]> ConversationsAsync(string query = "") =>
        [.. (await GetAsync($"/v1/conversations{query}")).GetProperty("data").EnumerateArray()];

    public async Task<JsonElement> OnlyConversationAsync() => Assert.Single(await ConversationsAsync());

    public Task<IReadOnlyList<Messages.Event<InteractionRecorded>>> InteractionsAsync() => Factory.OutboxAsync<InteractionRecorded>();

    /// <summary>Asks the database as its owner, who sees all workspaces.</summary>
    public async Task<T> SqlAsync<T>(string sql, object? parameters = null)
    {
        await using var connection = new NpgsqlConnection(Factory.UnpooledConnectionString);
        return await connection.QuerySingleAsync<T>(sql, parameters);
    }

    public static StringContent Json(object body) => new(JsonSerializer.Serialize(body, ApiJson.Options), System.Text.Encoding.UTF8, "application/json");

    public async ValueTask DisposeAsync()
    {
        Api.Dispose();
        Anonymous.Dispose();
        await Factory.DisposeAsync();
    }
}
