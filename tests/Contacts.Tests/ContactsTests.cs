using System.Net;
using System.Text.Json.Nodes;
using Dapper;
using Messages;
using Messages.CommunicationsIngest;
using Messages.Contacts;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using ServiceDefaults.Authentication;
using ServiceDefaults.Postgres;
using Testing;

namespace Contacts.Tests;

/// <summary>A workspace of its own for each test.</summary>
public abstract class ContactsTests : IDisposable
{
    private readonly ContactsService _service;

    protected ContactsTests(ContactsService service)
    {
        _service = service;
        Client = CreateClient();
    }

    protected Guid Workspace { get; } = Guid.CreateVersion7();

    protected HttpClient Client { get; }

    /// <summary>Sees the rows of all workspaces.</summary>
    protected string OwnerConnectionString => _service.Factory.OwnerConnectionString;

    protected HttpClient CreateClient(params string[] scopes) => CreateClient(Workspace, scopes);

    protected HttpClient CreateClient(Guid workspaceId, params string[] scopes) => _service.Factory.CreateClient(workspaceId, scopes);

    protected HttpClient CreateClient(ActorKind kind, string actorId)
    {
        var client = _service.Factory.CreateClient();
        client.DefaultRequestHeaders.Authorization = new("Bearer", TestTokens.Create(Workspace, Scopes.All, kind, actorId));
        return client;
    }

    /// <summary>One that shows redirects instead of following them.</summary>
    protected HttpClient CreateRawClient() =>
        new(_service.Factory.Server.CreateHandler())
        {
            BaseAddress = Client.BaseAddress,
            DefaultRequestHeaders = { Authorization = Client.DefaultRequestHeaders.Authorization },
        };

    /// <summary>One value as the database has it, across workspaces; null where there is none.</summary>
    protected async Task<object?> ScalarAsync(string sql)
    {
        await using var source = NpgsqlDataSource.Create(_service.Factory.OwnerConnectionString);
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync() is { } value and not DBNull ? value : null;
    }

    protected async Task<JsonNode> CreateAsync(string json) =>
        await (await Client.PostAsync("/v1/contacts", Answers.Json(json))).JsonAsync(HttpStatusCode.Created);

    protected async Task<JsonNode> GetAsync(JsonNode contact) => await (await Client.GetAsync($"/v1/contacts/{contact["id"]}")).JsonAsync();

    protected Task<HttpResponseMessage> PatchAsync(JsonNode contact, string json, string? ifMatch = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Patch, $"/v1/contacts/{contact["id"]}") { Content = Answers.Json(json) };
        if (ifMatch is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        }
        return Client.SendAsync(request);
    }

    protected async Task<JsonArray> ListAsync(string query = "") => (await (await Client.GetAsync("/v1/contacts" + query)).JsonAsync())["data"]!.AsArray();

    protected Task DeliverAsync<T>(params Event<T>[] events)
        where T : class => _service.Factory.DeliverAsync(events);

    protected async Task<IReadOnlyList<Event<T>>> SentAsync<T>()
        where T : class => [.. (await _service.Factory.OutboxAsync<T>()).Where(e => e.WorkspaceId == Workspace)];

    /// <summary>What was sent when every contact that changed together with others has been told of.</summary>
    protected async Task<IReadOnlyList<Event<ContactChanged>>> ToldAsync()
    {
        while (await QueryAsync<int>("SELECT count(*)::int FROM mass_change_pages WHERE workspace_id = @Workspace") > 0)
        {
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
        return await SentAsync<ContactChanged>();
    }

    /// <summary>One value, seen with the owner's eyes; <c>@Workspace</c> is the test's own.</summary>
    protected async Task<T> QueryAsync<T>(string sql)
    {
        await using var connection = new NpgsqlConnection(_service.Factory.OwnerConnectionString);
        return (await connection.ExecuteScalarAsync<T>(sql, new { Workspace }))!;
    }

    /// <summary>As the service works: its own role, in the test's workspace.</summary>
    protected UnitOfWork Begin() => _service.Factory.Services.GetRequiredService<Database>().Begin(Workspace);

    protected async Task<string> SentJsonAsync<T>()
        where T : class => Assert.Single(await _service.Factory.OutboxJsonAsync<T>(), json => json.Contains(Workspace.ToString(), StringComparison.Ordinal));

    protected Event<InteractionRecorded> Interaction(
        string? phone,
        Channel channel = Channel.Text,
        DateTimeOffset? at = null,
        Guid? conversationId = null,
        Participant? participant = null
    ) =>
        Happened.In(
            Workspace,
            new InteractionRecorded
            {
                InteractionId = Guid.CreateVersion7(),
                ConversationId = conversationId ?? Guid.CreateVersion7(),
                Channel = channel,
                Direction = Direction.Inbound,
                Participant = participant ?? (phone is null ? null : new Participant(IdentityKind.Phone, phone)),
                At = at ?? TimeProvider.System.GetUtcNow(),
            }
        );

    public void Dispose()
    {
        Client.Dispose();
        GC.SuppressFinalize(this);
    }
}
