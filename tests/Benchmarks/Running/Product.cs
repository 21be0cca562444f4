using System.Security.Cryptography;
using Dapper;
using Identity.ApiKeys;
using Npgsql;

namespace Benchmarks.Running;

/// <summary>The gateway, Identity and Contacts, with a database each, one workspace and a key to it.</summary>
internal sealed class Product : IAsyncDisposable
{
    private readonly List<Part> _parts = [];

    private Product(string apiKey, string contactsDatabase)
    {
        ApiKey = apiKey;
        ContactsDatabase = contactsDatabase;
    }

    public string ApiKey { get; }

    /// <summary>Connection string of the owner, whom no row-level security holds.</summary>
    public string ContactsDatabase { get; }

    public Guid WorkspaceId { get; private set; }

    /// <summary>The gateway's.</summary>
    public Uri Url => _parts[^1].Url;

    public static async Task<Product> StartAsync(Servers servers, string name)
    {
        var identityDatabase = await servers.DatabaseAsync($"identity_{name}");
        var product = new Product(ApiKeyFormat.Create(), await servers.DatabaseAsync($"contacts_{name}"));
        try
        {
            var identity = await product.StartAsync(
                servers,
                "Identity",
                new()
                {
                    ["ConnectionStrings__identitydb"] = identityDatabase,
                    ["Bootstrap__OwnerEmail"] = "owner@benchmark.example",
                    ["Bootstrap__OwnerPassword"] = RandomNumberGenerator.GetHexString(20),
                    ["Bootstrap__ApiKey"] = product.ApiKey,
                }
            );
            var contacts = await product.StartAsync(
                servers,
                "Contacts",
                new()
                {
                    ["ConnectionStrings__contactsdb"] = product.ContactsDatabase,
                    ["services__identity__http__0"] = identity.Url.AbsoluteUri,
                    ["Erasure__Key"] = RandomNumberGenerator.GetHexString(64),
                }
            );
            await product.StartAsync(
                servers,
                "Gateway",
                new()
                {
                    ["services__identity__http__0"] = identity.Url.AbsoluteUri,
                    ["services__contacts__http__0"] = contacts.Url.AbsoluteUri,
                    // Not what is measured.
                    ["RateLimits__RequestsPerMinute"] = "1000000000",
                }
            );
            await using var connection = new NpgsqlConnection(identityDatabase);
            product.WorkspaceId = await connection.QuerySingleAsync<Guid>("SELECT workspace_id FROM workspaces");
            return product;
        }
        catch
        {
            await product.DisposeAsync();
            throw;
        }
    }

    private async Task<Part> StartAsync(Servers servers, string project, Dictionary<string, string?> settings)
    {
        var part = await Part.StartAsync(
            project,
            new Dictionary<string, string?>(settings) { ["ConnectionStrings__messaging"] = servers.Rabbit.AmqpUri.AbsoluteUri }
        );
        _parts.Add(part);
        return part;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var part in Enumerable.Reverse(_parts))
        {
            await part.DisposeAsync();
        }
    }
}
