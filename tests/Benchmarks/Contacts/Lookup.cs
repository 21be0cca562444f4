using System.Globalization;
using System.Text;
using Benchmarks.Running;
using Dapper;
using Npgsql;

namespace Benchmarks.Contacts;

/// <summary>
/// The contact with a phone: through the gateway and Contacts with an API key, beside a bare proxy and a bare endpoint that read the same row of the same tables. The two are
/// measured in turns, three times each; the medians count.
/// </summary>
internal static class Lookup
{
    private const int Contacts = 100_000;
    private const int Rounds = 3;
    private static readonly TimeSpan Time = TimeSpan.FromSeconds(5);

    public static async Task<Measurement[]> RunAsync(Servers servers)
    {
        await using var product = await Product.StartAsync(servers, "lookup");
        await SeedAsync(product);
        await using var endpoint = await Part.StartAsync(
            "Benchmarks",
            new Dictionary<string, string?> { ["Database"] = product.ContactsDatabase, ["WorkspaceId"] = product.WorkspaceId.ToString() },
            Bare.Argument,
            Bare.Endpoint
        );
        await using var proxy = await Part.StartAsync(
            "Benchmarks",
            new Dictionary<string, string?> { ["Destination"] = endpoint.Url.AbsoluteUri },
            Bare.Argument,
            Bare.Proxy
        );
        await MeasureAsync(proxy.Url, product, 32);
        await MeasureAsync(product.Url, product, 32);
        return [.. await CompareAsync(proxy.Url, product, 8), .. await CompareAsync(proxy.Url, product, 32)];
    }

    private static async Task<Measurement[]> CompareAsync(Uri bare, Product product, int connections)
    {
        var (limits, rates) = (new List<double>(), new List<double>());
        for (var round = 0; round < Rounds; round++)
        {
            limits.Add(await MeasureAsync(bare, product, connections));
            rates.Add(await MeasureAsync(product.Url, product, connections));
        }
        var limit = limits.Median();
        return
        [
            new($"{connections} connections, bare proxy and endpoint", limit),
            new($"{connections} connections, gateway and Contacts", rates.Median(), limit),
        ];
    }

    private static Task<double> MeasureAsync(Uri url, Product product, int connections) =>
        HttpLoad.RateAsync(
            url,
            connections,
            Time,
            () =>
                Encoding.ASCII.GetBytes(
                    $"GET /v1/contacts?phone=%2B1604{Random.Shared.Next(2_000_000, 2_000_000 + Contacts)} HTTP/1.1\r\nHost: {url.Authority}\r\nAuthorization: Bearer {product.ApiKey}\r\n\r\n"
                ),
            "\"Smith "
        );

    private static async Task SeedAsync(Product product)
    {
        await using var connection = new NpgsqlConnection(product.ContactsDatabase);
        await connection.ExecuteAsync(
            """
            INSERT INTO workspaces (workspace_id, default_country) VALUES (@WorkspaceId, 'US') ON CONFLICT DO NOTHING;
            INSERT INTO contacts (workspace_id, id, version, name, first_name, last_name, company, notes, source, created_at, updated_at, name_key, last_name_key)
            SELECT @WorkspaceId, md5(n::text)::uuid, 1, 'John Smith ' || n, 'John', 'Smith ' || n, 'Acme Corp', 'Prefers mornings', 'api', now(), now(),
                   'john smith ' || n, 'smith ' || n
            FROM generate_series(1, @Contacts) n;
            INSERT INTO contact_identities (workspace_id, kind, value, contact_id, is_primary, created_at)
            SELECT @WorkspaceId, 'phone', '+1604' || 1999999 + n, md5(n::text)::uuid, true, now() FROM generate_series(1, @Contacts) n;
            """,
            new { product.WorkspaceId, Contacts },
            commandTimeout: 300
        );
        await connection.ExecuteAsync("VACUUM ANALYZE", commandTimeout: 300);
    }
}
