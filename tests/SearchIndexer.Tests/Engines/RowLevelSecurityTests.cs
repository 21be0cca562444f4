using Dapper;
using Messages.Contacts;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using SearchIndexer.Engines;
using ServiceDefaults.Postgres;
using Testing;

namespace SearchIndexer.Tests.Engines;

public sealed class RowLevelSecurityTests(PostgresFixture postgres) : SearchTests(postgres)
{
    private readonly Guid _theirs = Guid.CreateVersion7();

    [Fact]
    public async Task A_workspace_finds_only_its_own_contacts()
    {
        await IndexAsync(Card("Ours Jane", ["+16045551234"]));
        await IndexAsync(_theirs, Card("Their Jane", ["+16045551234"]));

        foreach (var q in (string[])["", "jane", "+16045551234", "234"])
        {
            Assert.Equal(["Ours Jane"], await FindAsync(q));
            Assert.Equal(["Their Jane"], await FindAsync(q, _theirs));
        }
    }

    [Fact]
    public async Task One_workspaces_events_change_nothing_in_another_even_with_its_ids()
    {
        var card = Card("Ours");
        await IndexAsync(card);
        await Service.DeliverAsync(Happened.In(_theirs, new ContactDeleted(card.Id, 99)));
        await IndexAsync(_theirs, card with { Name = "Stolen", Version = 50 });

        Assert.Equal(["Ours"], await FindAsync(""));
    }

    [Fact]
    public async Task A_cursor_of_another_workspace_gives_nothing_of_it()
    {
        await IndexAsync(_theirs, [.. Enumerable.Range(0, 3).Select(i => Card($"Theirs {i}"))]);
        var cursor = (string)(await SearchAsync("?limit=1", _theirs))["next_cursor"]!;

        Assert.Empty((await SearchAsync($"?cursor={cursor}"))["data"]!.AsArray());
    }

    [Fact]
    public async Task The_privileged_function_gives_another_workspaces_query_nothing()
    {
        await IndexAsync(_theirs, Card("Jane"));
        var query = Lexeme.QueryOf(_theirs, SearchIndexer.Terms.SearchText.Parse("jane"));
        var database = Service.Services.GetRequiredService<Database>();
        const string ask = "SELECT * FROM search_candidates(@query::tsquery, 10)";

        await using var ours = database.Begin(Workspace);
        Assert.Empty(await ours.QueryAsync<Guid>(ask, new { query }));
        await using var theirs = database.Begin(_theirs);
        Assert.Single(await theirs.QueryAsync<Guid>(ask, new { query }));
        await using var nobody = await Service.Services.GetRequiredService<NpgsqlDataSource>().OpenConnectionAsync();
        Assert.Empty(await nobody.QueryAsync<Guid>(ask, new { query }));
    }

    [Theory]
    [InlineData(
        "CREATE OR REPLACE FUNCTION search_candidates(query tsquery, at_most int) RETURNS SETOF uuid LANGUAGE sql AS 'SELECT contact_id FROM contacts'"
    )]
    [InlineData("ALTER FUNCTION search_candidates(tsquery, int) RESET ALL")]
    [InlineData("SET ROLE postgres")]
    [InlineData("ALTER TABLE contacts DISABLE ROW LEVEL SECURITY")]
    public async Task The_services_role_cannot_change_its_bounds(string attack)
    {
        // The service migrates when its first client is made.
        using var client = Service.CreateClient();
        await using var connection = await Service.Services.GetRequiredService<NpgsqlDataSource>().OpenConnectionAsync();

        var refused = await Assert.ThrowsAsync<PostgresException>(() => connection.ExecuteAsync(attack));

        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
    }
}
