using Dapper;
using Npgsql;
using Testing;

namespace SearchIndexer.Tests.Engines;

public sealed class PostgresSearchEngineTests(PostgresFixture postgres) : SearchTests(postgres)
{
    [Fact]
    public async Task A_search_by_the_services_role_uses_the_text_index()
    {
        await IndexAsync([.. Enumerable.Range(0, 500).Select(i => Card($"Common {i}"))]);
        await using var connection = new NpgsqlConnection(Service.OwnerConnectionString);
        var before = await CountAsync(connection);

        Assert.Equal(["Common 77"], await FindAsync("77"));

        Assert.True(await EventuallyAsync(async () => await CountAsync(connection) > before));
    }

    [Fact]
    public async Task A_word_that_thousands_have_gives_the_newest_of_them()
    {
        await IndexAsync([.. Enumerable.Range(0, 2_500).Select(i => Card($"Common {i}", created: Noon.AddSeconds(i)))]);

        var page = await SearchAsync("?q=common&limit=2");
        var next = await SearchAsync($"?q=common&limit=2&cursor={page["next_cursor"]}");

        Assert.Equal(["Common 2499", "Common 2498"], page["data"]!.AsArray().Select(row => (string)row!["name"]!));
        Assert.Equal(["Common 2497", "Common 2496"], next["data"]!.AsArray().Select(row => (string)row!["name"]!));
    }

    [Fact]
    public async Task A_word_that_thousands_of_old_contacts_have_is_found_behind_the_newest()
    {
        await IndexAsync([.. Enumerable.Range(0, 2_100).Select(i => Card($"Common {i}", created: Noon.AddSeconds(i)))]);
        await IndexAsync([.. Enumerable.Range(0, 5_500).Select(i => Card($"Other {i}", created: Noon.AddDays(1).AddSeconds(i)))]);

        var names = await FindAsync("common");

        Assert.Equal(200, names.Length);
        Assert.Equal("Common 2099", names[0]);
    }

    [Fact]
    public async Task The_last_page_of_a_common_word_is_whole_too()
    {
        await IndexAsync([.. Enumerable.Range(0, 2_100).Select(i => Card($"Common {i}", created: Noon.AddSeconds(i)))]);
        var last = new ServiceDefaults.Api.Cursor(Noon.AddSeconds(30), Guid.Empty);

        var page = await SearchAsync($"?q=common&limit=200&cursor={last}");

        Assert.Equal(Enumerable.Range(0, 30).Reverse().Select(i => $"Common {i}"), page["data"]!.AsArray().Select(row => (string)row!["name"]!));
        Assert.Null((string?)page["next_cursor"]);
    }

    private static Task<long> CountAsync(NpgsqlConnection connection) =>
        connection.QuerySingleAsync<long>("SELECT idx_scan FROM pg_stat_user_indexes WHERE indexrelname = 'contacts_terms'");

    private static async Task<bool> EventuallyAsync(Func<Task<bool>> holds)
    {
        for (var i = 0; i < 100; i++)
        {
            if (await holds())
            {
                return true;
            }
            await Task.Delay(100);
        }
        return false;
    }
}
