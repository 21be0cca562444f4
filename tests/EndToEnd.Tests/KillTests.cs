using System.Text.Json.Nodes;
using Dapper;
using Npgsql;

namespace EndToEnd.Tests;

/// <summary>kill -9 of any one process during 2,000 texts at a steady rate: every acknowledged text is one stored message on the right contact, once.</summary>
public sealed class KillTests(RunningSystem system)
{
    private const int Total = 2_000;
    private const int RatePerSecond = 100;

    [Theory]
    [InlineData("communications")]
    [InlineData("contacts")]
    [InlineData("search")]
    [InlineData("identity")]
    [InlineData("gateway")]
    [InlineData("messaging")]
    [InlineData("postgres")]
    public async Task Nothing_acknowledged_is_lost_or_doubled(string part)
    {
        var people = Enumerable.Range(0, 200).Select(_ => PhoneNetwork.NewPerson()).ToArray();
        var load = system.Phones.LoadAsync(
            new
            {
                rate_per_second = RatePerSecond,
                total = Total,
                from_pool = people,
                to = PhoneNetwork.Business,
                kind = "text",
                tries = 100,
                backoff_ms = 200,
            }
        );
        await Task.Delay(TimeSpan.FromSeconds(Total / RatePerSecond / 3.0));
        system.Kill(part);

        var report = await load;
        var acknowledged = report["acknowledged_sids"]!.AsArray().Select(sid => (string)sid!).ToHashSet();
        Assert.Equal(Total, acknowledged.Count);

        var perPerson = await Api.EventuallyAsync(() => StoredAsync(people), stored => stored.Values.Sum() >= Total, TimeSpan.FromSeconds(60));
        Assert.Equal(Total, perPerson.Values.Sum());
        var contacts = await Api.EventuallyAsync(() => ContactsAsync(people), counts => counts.Values.Sum() >= Total, TimeSpan.FromSeconds(60));
        Assert.Equal(perPerson, contacts);
        await Api.EventuallyAsync(() => IndexedAsync(people), indexed => indexed == people.Length, TimeSpan.FromSeconds(60));
    }

    /// <summary>Messages per person, by the service that stores them; the provider's ids are unique there.</summary>
    private async Task<SortedDictionary<string, int>> StoredAsync(string[] people)
    {
        // A pooled connection would be one to the server that was killed.
        await using var connection = new NpgsqlConnection(system.ConnectionString("communicationsdb") + ";Pooling=false");
        var rows = await connection.QueryAsync<(string Person, int Count, int Distinct)>(StoredSql, new { people });
        Assert.All(rows, row => Assert.Equal(row.Count, row.Distinct));
        return new(rows.ToDictionary(row => row.Person, row => row.Count));
    }

    /// <summary>Messages counted per person, by the service that knows who they are: exactly one contact each.</summary>
    private async Task<SortedDictionary<string, int>> ContactsAsync(string[] people)
    {
        var counts = new SortedDictionary<string, int>();
        foreach (var person in people)
        {
            var contact = Assert.Single(await system.Api.ContactsAsync(person))!;
            counts[person] = (int)contact["message_count"]!;
        }
        return counts;
    }

    private async Task<int> IndexedAsync(string[] people)
    {
        var found = 0;
        foreach (var person in people)
        {
            JsonNode page = await system.Api.GetJsonAsync($"/v1/contacts/search?q={Uri.EscapeDataString(person)}");
            found += page["data"]!.AsArray().Count(contact => (string?)contact!["phone"] == person);
        }
        return found;
    }

    private const string StoredSql = """
        SELECT c.participant, count(*)::int, count(DISTINCT m.provider_id)::int
        FROM messages m JOIN conversations c ON c.workspace_id = m.workspace_id AND c.id = m.conversation_id
        WHERE c.participant = ANY (@people)
        GROUP BY c.participant
        """;
}
