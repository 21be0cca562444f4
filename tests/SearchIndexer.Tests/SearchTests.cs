using System.Text.Json.Nodes;
using Messages;
using Messages.Contacts;
using Testing;

namespace SearchIndexer.Tests;

/// <summary>A search service of its own, with a database of its own, for each test.</summary>
public abstract class SearchTests(PostgresFixture postgres) : IAsyncLifetime
{
    protected static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    protected Guid Workspace { get; } = Guid.CreateVersion7();

    protected ServiceFactory<Program> Service { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Service = await ServiceFactory<Program>.CreateAsync(postgres, "searchdb");

    protected static ContactCard Card(
        string? name = null,
        string[]? phones = null,
        string[]? emails = null,
        string? company = null,
        string? notes = null,
        Guid? id = null,
        long version = 1,
        DateTimeOffset? created = null
    ) =>
        new()
        {
            Id = id ?? Guid.CreateVersion7(),
            Version = version,
            Name = name,
            Company = company,
            Notes = notes,
            Identities =
            [
                .. (phones ?? []).Select((phone, i) => new ContactIdentity(IdentityKind.Phone, phone, i == 0)),
                .. (emails ?? []).Select((email, i) => new ContactIdentity(IdentityKind.Email, email, i == 0)),
            ],
            Tags = [],
            CreatedAt = created ?? Noon,
            UpdatedAt = created ?? Noon,
            Source = ActorKind.System,
        };

    protected Task IndexAsync(params ContactCard[] cards) => IndexAsync(Workspace, cards);

    protected Task IndexAsync(Guid workspace, params ContactCard[] cards) =>
        Service.DeliverAsync([.. cards.Select(card => Happened.In(workspace, new ContactChanged(card, [])))]);

    protected Task DeleteAsync(Guid id, long version) => Service.DeliverAsync(Happened.In(Workspace, new ContactDeleted(id, version)));

    protected Task TouchAsync(Guid id, DateTimeOffset at, long version = 1, int calls = 0, int messages = 1, int chats = 0) =>
        Service.DeliverAsync(Happened.In(Workspace, new ContactActivityChanged(id, version, at, calls, messages, chats, [])));

    protected async Task<JsonNode> SearchAsync(string query, Guid? workspace = null)
    {
        using var client = Service.CreateClient(workspace ?? Workspace, "contacts:read");
        var response = await client.GetAsync($"/v1/contacts/search{query}");
        Assert.Equal(200, (int)response.StatusCode);
        return JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
    }

    /// <summary>The names (phones, where there is none) of those found, in their order.</summary>
    protected async Task<string[]> FindAsync(string q, Guid? workspace = null) =>
        [
            .. (await SearchAsync($"?limit=200&q={Uri.EscapeDataString(q)}", workspace))["data"]!
                .AsArray()
                .Select(row => (string?)row!["name"] ?? (string?)row["phone"] ?? "?"),
        ];

    public async ValueTask DisposeAsync()
    {
        await Service.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
