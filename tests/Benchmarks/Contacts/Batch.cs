using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Benchmarks.Running;
using Dapper;
using Npgsql;

namespace Benchmarks.Contacts;

/// <summary>
/// New contacts by the thousand through the gateway, with all that belongs to them (validation, history, audit, events on their way to the broker), beside INSERT … SELECT of
/// as many rows from a staged table into the same tables. In turns, three times each; the medians count.
/// </summary>
internal static class Batch
{
    private const int Contacts = 100_000;
    private const int RowsPerRequest = 1_000;
    private const int Clients = 2;
    private const int Rounds = 3;

    public static async Task<Measurement[]> RunAsync(Servers servers)
    {
        await using var product = await Product.StartAsync(servers, "batch");
        await UpsertAsync(product, 0, RowsPerRequest * 5);
        var (limits, rates, unchanged) = (new List<double>(), new List<double>(), new List<double>());
        for (var round = 1; round <= Rounds; round++)
        {
            limits.Add(await InsertSelectAsync(product));
            rates.Add(await UpsertAsync(product, round, Contacts));
            unchanged.Add(await UpsertAsync(product, round, Contacts));
        }
        var limit = limits.Median();
        return
        [
            new("INSERT ... SELECT of contacts and identities", limit),
            new("POST /v1/contacts/batch, new contacts", rates.Median(), limit),
            new("the same again, nothing new", unchanged.Median(), limit),
        ];
    }

    private static async Task<double> UpsertAsync(Product product, int round, int contacts)
    {
        using var client = new HttpClient { BaseAddress = product.Url };
        client.DefaultRequestHeaders.Authorization = new("Bearer", product.ApiKey);
        // Made before the clock starts: that is the caller's work.
        var requests = Enumerable.Range(0, contacts / RowsPerRequest).Select(request => RequestOf(round, request * RowsPerRequest)).ToList();
        var next = -1;
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(
            Enumerable
                .Range(0, Clients)
                .Select(async _ =>
                {
                    while (Interlocked.Increment(ref next) is var index && index < requests.Count)
                    {
                        using var content = new ByteArrayContent(requests[index]) { Headers = { ContentType = new("application/json") } };
                        using var answer = await client.PostAsync("/v1/contacts/batch", content);
                        var outcome = await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonNode>();
                        if ((int)outcome!["failed"]! > 0)
                        {
                            throw new InvalidOperationException(outcome.ToJsonString());
                        }
                    }
                })
        );
        return contacts / clock.Elapsed.TotalSeconds;
    }

    private static byte[] RequestOf(int round, int first) =>
        System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(
            new
            {
                source = "import",
                import_id = $"round {round}",
                contacts = Enumerable
                    .Range(first, RowsPerRequest)
                    .Select(n => new
                    {
                        phone = $"+1{604 + round}{2_000_000 + n}",
                        email = $"john.smith.{round}.{n}@example.com",
                        name = $"John Smith {n}",
                        company = "Acme Corp",
                        notes = "Prefers mornings",
                        import_row = n + 1,
                    }),
            }
        );

    private static async Task<double> InsertSelectAsync(Product product)
    {
        await using var connection = new NpgsqlConnection(product.ContactsDatabase);
        await connection.OpenAsync();
        await connection.ExecuteAsync(
            """
            DROP TABLE IF EXISTS staged;
            CREATE TABLE staged AS
            SELECT gen_random_uuid() AS id, '+1604' || 1999999 + n AS phone, 'john.smith.' || n || '@example.com' AS email, 'John Smith ' || n AS name, 'John' AS first_name,
                   'Smith ' || n AS last_name, 'Acme Corp' AS company, 'Prefers mornings' AS notes
            FROM generate_series(1, @Contacts) n;
            """,
            new { Contacts },
            commandTimeout: 300
        );
        var clock = Stopwatch.StartNew();
        await connection.ExecuteAsync(
            """
            INSERT INTO contacts (workspace_id, id, version, name, first_name, last_name, company, notes, source, created_at, updated_at, name_key, last_name_key)
            SELECT @workspaceId, id, 1, name, first_name, last_name, company, notes, 'import', now(), now(), lower(name), lower(last_name) FROM staged;
            INSERT INTO contact_identities (workspace_id, kind, value, contact_id, is_primary, created_at)
            SELECT @workspaceId, 'phone', phone, id, true, now() FROM staged
            UNION ALL
            SELECT @workspaceId, 'email', email, id, true, now() FROM staged
            """,
            new { workspaceId = Guid.CreateVersion7() },
            commandTimeout: 300
        );
        return Contacts / clock.Elapsed.TotalSeconds;
    }
}
