using System.Net;
using System.Net.Http.Json;
using Dapper;
using Messages.Identity;
using Npgsql;
using ServiceDefaults.Authentication;
using Testing;

namespace Identity.Tests.ApiKeys;

public sealed class ApiKeyTests(PostgresFixture postgres) : IdentityTests(postgres)
{
    [Fact]
    public async Task A_key_is_shown_once_and_works()
    {
        var owner = await OwnerAsync();
        var created = await owner
            .PostAsJsonAsync("/v1/api-keys", new { name = "Website", scopes = new[] { Scopes.ContactsRead } })
            .JsonAsync(HttpStatusCode.Created);
        var key = (string)created["key"]!;

        var resolved = await ResolveAsync(key);
        var listed = await owner.GetStringAsync("/v1/api-keys");

        Assert.Equal("api", (string?)resolved["actor_kind"]);
        Assert.Equal((string?)created["api_key"]!["id"], (string?)resolved["credential_id"]);
        Assert.DoesNotContain(key, listed, StringComparison.Ordinal);
        Assert.Contains("ck_…" + key[^4..], System.Text.RegularExpressions.Regex.Unescape(listed), StringComparison.Ordinal);
        await using var database = new NpgsqlConnection(Service.OwnerConnectionString);
        Assert.Equal(0, await database.QuerySingleAsync<int>("SELECT count(*) FROM api_keys WHERE api_keys::text LIKE '%' || @key || '%'", new { key }));
    }

    [Fact]
    public async Task A_revoked_key_is_nobodys_and_the_gateway_is_told()
    {
        var owner = await OwnerAsync();
        var key = await CreateKeyAsync(owner, Scopes.ContactsRead);
        var id = (Guid)(await ResolveAsync(key))["credential_id"]!;

        await owner.DeleteAsync($"/v1/api-keys/{id}").StatusAsync(HttpStatusCode.NoContent);

        await TryResolveAsync(key).StatusAsync(HttpStatusCode.NotFound);
        await owner.DeleteAsync($"/v1/api-keys/{id}").ProblemAsync(404, "not-found");
        Assert.Equal(id, (await Service.OutboxAsync<CredentialRevoked>()).Single().Data.CredentialId);
    }

    [Fact]
    public async Task An_expired_key_is_nobodys()
    {
        var owner = await OwnerAsync();
        var created = await owner
            .PostAsJsonAsync(
                "/v1/api-keys",
                new
                {
                    name = "Short",
                    scopes = new[] { Scopes.ContactsRead },
                    expires_at = TimeProvider.System.GetUtcNow().AddSeconds(2),
                    rate_limit = 60,
                }
            )
            .JsonAsync(HttpStatusCode.Created);
        var key = (string)created["key"]!;
        var resolved = await ResolveAsync(key);

        Assert.Equal(60, (int?)resolved["rate_limit"]);
        // The token does not outlive the key.
        Assert.InRange((DateTimeOffset)resolved["expires_at"]! - TimeProvider.System.GetUtcNow(), TimeSpan.FromSeconds(-1), TimeSpan.FromSeconds(2));
        await Task.Delay(TimeSpan.FromSeconds(2.2));
        await TryResolveAsync(key).StatusAsync(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_key_cannot_be_given_more_than_its_maker_has()
    {
        var weak = await ClientOfAsync(await CreateKeyAsync(await OwnerAsync(), Scopes.Admin, Scopes.ContactsRead));

        await weak.PostAsJsonAsync("/v1/api-keys", new { name = "More", scopes = new[] { Scopes.ContactsWrite } }).ProblemAsync(403, "scope-exceeded");
        await CreateKeyAsync(weak, Scopes.ContactsRead);
        // Nor by way of a person: an admin could do what this key cannot.
        await weak.PostAsJsonAsync(
                "/v1/members",
                new
                {
                    email = "a@b.example",
                    name = "A",
                    role = "admin",
                }
            )
            .ProblemAsync(403, "scope-exceeded");
    }

    [Fact]
    public async Task Without_the_scope_keys_are_out_of_reach()
    {
        var client = await ClientOfAsync(await CreateKeyAsync(await OwnerAsync(), Scopes.ContactsRead, Scopes.Settings));

        await client.GetAsync("/v1/api-keys").ProblemAsync(403, "forbidden");
        await client.PostAsJsonAsync("/v1/api-keys", new { name = "x", scopes = new[] { Scopes.ContactsRead } }).ProblemAsync(403, "forbidden");
        await client.DeleteAsync($"/v1/api-keys/{Guid.CreateVersion7()}").ProblemAsync(403, "forbidden");
    }

    [Theory]
    [InlineData("""{"name":"x","scopes":[]}""")]
    [InlineData("""{"name":" ","scopes":["contacts:read"]}""")]
    [InlineData("""{"name":"x","scopes":["contacts:destroy"]}""")]
    [InlineData("""{"name":"x","scopes":["contacts:read"],"expires_at":"2020-01-01T00:00:00Z"}""")]
    [InlineData("""{"name":"x","scopes":["contacts:read"],"rate_limit":0}""")]
    [InlineData("""{"name":"x","scopes":null}""")]
    [InlineData("""{"name":"x","scopes":[null]}""")]
    public async Task A_bad_request_is_refused(string json)
    {
        using var content = new StringContent(json, System.Text.Encoding.UTF8, "application/json");
        await (await OwnerAsync()).PostAsync("/v1/api-keys", content).ProblemAsync(400, "validation");
    }

    [Fact]
    public async Task A_repetition_makes_no_second_key_and_the_first_is_stored_nowhere()
    {
        var owner = await OwnerAsync();
        owner.DefaultRequestHeaders.Add("Idempotency-Key", "once");
        var body = new { name = "Once", scopes = new[] { Scopes.ContactsRead } };
        var key = (string)(await owner.PostAsJsonAsync("/v1/api-keys", body).JsonAsync(HttpStatusCode.Created))["key"]!;

        await owner.PostAsJsonAsync("/v1/api-keys", body).ProblemAsync(409, "shown-once");

        var page = System.Text.Json.Nodes.JsonNode.Parse(await owner.GetStringAsync("/v1/api-keys"))!;
        Assert.Single(page["data"]!.AsArray(), listed => (string?)listed!["name"] == "Once");
        await using var database = new NpgsqlConnection(Service.OwnerConnectionString);
        var stored = await database.QuerySingleAsync<byte[]>("SELECT body FROM idempotency_keys");
        Assert.DoesNotContain(key, System.Text.Encoding.UTF8.GetString(stored), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keys_are_listed_in_pages()
    {
        var owner = await OwnerAsync();
        for (var i = 0; i < 3; i++)
        {
            await CreateKeyAsync(owner, Scopes.ContactsRead);
        }
        var ids = new List<string>();
        string? cursor = null;
        do
        {
            var page = await owner.GetAsync("/v1/api-keys?limit=2" + (cursor is null ? "" : $"&cursor={cursor}")).JsonAsync(HttpStatusCode.OK);
            ids.AddRange(page["data"]!.AsArray().Select(key => (string)key!["id"]!));
            cursor = (string?)page["next_cursor"];
        } while (cursor is not null);

        Assert.Equal(4, ids.Distinct().Count());
        Assert.Equal(4, ids.Count);
        await owner.GetAsync("/v1/api-keys?limit=201").ProblemAsync(400, "validation");
    }

    [Fact]
    public async Task The_last_use_is_written_once_a_minute()
    {
        var owner = await OwnerAsync();
        var key = await CreateKeyAsync(owner, Scopes.ContactsRead);
        await ResolveAsync(key);
        await using var database = new NpgsqlConnection(Service.OwnerConnectionString);
        const string Read = "SELECT last_used_at, xmin::text FROM api_keys WHERE name = 'Key'";
        var first = await database.QuerySingleAsync<(DateTime, string)>(Read);
        await ResolveAsync(key);
        Assert.Equal(first, await database.QuerySingleAsync<(DateTime, string)>(Read));

        await database.ExecuteAsync("UPDATE api_keys SET last_used_at = last_used_at - interval '61 seconds' WHERE name = 'Key'");
        await ResolveAsync(key);
        Assert.True((await database.QuerySingleAsync<(DateTime At, string)>(Read)).At > first.Item1);
    }
}
