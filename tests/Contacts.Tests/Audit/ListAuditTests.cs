using System.Text.Json.Nodes;
using Messages;
using Npgsql;
using ServiceDefaults.Postgres;
using Testing;

namespace Contacts.Tests.Audit;

public sealed class ListAuditTests(ContactsService service) : ContactsTests(service)
{
    [Fact]
    public async Task Who_did_what_newest_first_and_nobodys_data()
    {
        var contact = await CreateAsync("""{"phone":"+16045551234","name":"Zebulon"}""");
        await PatchAsync(contact, """{"company":"Quagmire Ltd"}""");
        await Client.DeleteAsync($"/v1/contacts/{contact["id"]}");

        var entries = await EntriesAsync();

        Assert.Equal(["contact.deleted", "contact.updated", "contact.created"], entries.Select(entry => (string?)entry!["action"]));
        Assert.All(entries, entry => Assert.Equal(contact["id"]!.ToString(), entry!["subject_id"]!.ToString()));
        Assert.All(entries, entry => Assert.Equal("test-actor", (string?)entry!["actor"]!["id"]));
        Assert.Equal("company", (string?)entries[1]!["details"]!["fields"]);
        Assert.DoesNotContain("Zebulon", entries.ToJsonString(), StringComparison.Ordinal);
        Assert.DoesNotContain("Quagmire", entries.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Filters_narrow_it_down()
    {
        var contact = await CreateAsync("""{"phone":"+16045551234"}""");
        await Task.Delay(5, TestContext.Current.CancellationToken);
        var between = TimeProvider.System.GetUtcNow();
        await Task.Delay(5, TestContext.Current.CancellationToken);
        await CreateAsync("""{"phone":"+16045551235"}""");
        await PatchAsync(contact, """{"name":"X"}""");

        Assert.Equal(2, (await EntriesAsync($"subject_id={contact["id"]}")).Count);
        Assert.Equal(2, (await EntriesAsync("action=contact.created")).Count);
        Assert.Single(await EntriesAsync($"action=contact.created&from={Text(between)}"));
        Assert.Single(await EntriesAsync($"to={Text(between)}"));
        Assert.Equal(2, (await EntriesAsync($"from={Text(between)}&to=9999-12-31T23:59:59.9999999Z")).Count);
        Assert.Equal(3, (await EntriesAsync("subject=contact&actor=test-actor&from=0001-01-01T00:00:00Z")).Count);
        Assert.Empty(await EntriesAsync("subject=tag"));
        Assert.Empty(await EntriesAsync("actor=somebody"));
    }

    [Fact]
    public async Task Pages_follow_each_other()
    {
        for (var number = 0; number < 5; number++)
        {
            await CreateAsync($$"""{"phone":"+1604555123{{number}}"}""");
        }

        var seen = new List<string>();
        string? cursor = null;
        do
        {
            var page = await (await Client.GetAsync($"/v1/audit?limit=2{(cursor is null ? "" : "&cursor=" + cursor)}")).JsonAsync();
            seen.AddRange(page["data"]!.AsArray().Select(entry => entry!["id"]!.ToString()));
            cursor = (string?)page["next_cursor"];
        } while (cursor is not null);

        Assert.Equal(5, seen.Distinct().Count());
        Assert.Equal(5, seen.Count);
    }

    [Fact]
    public async Task Other_services_entries_are_in_it_once()
    {
        var recorded = Happened.In(
            Workspace,
            new AuditRecorded("api_key.created", "api_key", "42", new Dictionary<string, string> { ["scopes"] = "contacts:read" })
        ) with
        {
            Actor = new(ActorKind.Person, "user-1"),
        };

        await DeliverAsync(recorded);
        await DeliverAsync(recorded);

        var entry = Assert.Single(await EntriesAsync("actor=user-1"))!;
        Assert.Equal("person", (string?)entry["actor"]!["kind"]);
        Assert.Equal("api_key.created", (string?)entry["action"]);
        Assert.Equal("contacts:read", (string?)entry["details"]!["scopes"]);
        Assert.Equal(recorded.OccurredAt, entry["occurred_at"]!.GetValue<DateTimeOffset>(), TimeSpan.FromMicroseconds(1));
    }

    [Theory]
    [InlineData("UPDATE audit_entries SET action = 'x'")]
    [InlineData("DELETE FROM audit_entries")]
    public async Task The_service_itself_cannot_change_it(string sql)
    {
        await CreateAsync("""{"phone":"+16045551234"}""");
        await using var work = Service<Database>().Begin(Workspace);

        var refused = await Assert.ThrowsAsync<PostgresException>(() => work.ExecuteAsync(sql, cancellationToken: TestContext.Current.CancellationToken));

        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
    }

    [Theory]
    [InlineData("subject_id = 'x'", "audit_entries_subject")]
    [InlineData("actor_id = 'x'", "audit_entries_actor")]
    [InlineData("action = 'x'", "audit_entries_action")]
    [InlineData("id < '01890000-0000-7000-8000-000000000000'", "audit_entries_pkey")]
    public async Task Each_filter_has_its_index_under_row_level_security(string condition, string index)
    {
        await using var work = Service<Database>().Begin(Workspace);
        await work.ExecuteAsync("SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off", cancellationToken: TestContext.Current.CancellationToken);

        var plan = await work.QueryAsync<string>(
            $"EXPLAIN SELECT * FROM audit_entries WHERE {condition} ORDER BY id DESC LIMIT 50",
            cancellationToken: TestContext.Current.CancellationToken
        );

        Assert.Contains(plan, line => line.Contains(index, StringComparison.Ordinal));
        Assert.Contains(
            plan,
            line => line.Contains("Index Cond", StringComparison.Ordinal) && line.Contains(condition.Split(' ')[0], StringComparison.Ordinal)
        );
    }

    private async Task<JsonArray> EntriesAsync(string query = "") => (await (await Client.GetAsync("/v1/audit?" + query)).JsonAsync())["data"]!.AsArray();

    private static string Text(DateTimeOffset time) => Uri.EscapeDataString(time.ToString("O"));
}
