using Messages;
using Messages.Contacts;
using Npgsql;
using Testing;

namespace SearchIndexer.Tests.Indexing;

/// <summary>Events come more than once and in any order.</summary>
public sealed class OrderOfEventsTests(PostgresFixture postgres) : SearchTests(postgres)
{
    private readonly Guid _id = Guid.CreateVersion7();

    [Fact]
    public async Task The_newest_card_stays_whatever_comes_later()
    {
        await IndexAsync(Card("New", id: _id, version: 2));
        await IndexAsync(Card("Old", id: _id, version: 1));

        Assert.Equal(["New"], await FindAsync(""));
        Assert.Empty(await FindAsync("old"));
    }

    [Fact]
    public async Task The_newest_card_of_one_batch_stays()
    {
        await IndexAsync(Card("Two", id: _id, version: 2), Card("Three", id: _id, version: 3), Card("One", id: _id));

        Assert.Equal(["Three"], await FindAsync(""));
    }

    [Fact]
    public async Task What_a_contact_no_longer_has_no_longer_finds_it()
    {
        await IndexAsync(Card("Jane", ["+16045551234"], id: _id));
        await IndexAsync(Card("Mary", ["+16045559876"], id: _id, version: 2));

        Assert.Empty(await FindAsync("jane"));
        Assert.Empty(await FindAsync("5551234"));
        Assert.Equal(["Mary"], await FindAsync("5559876"));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(9)]
    public async Task A_change_after_the_deletion_does_not_bring_a_contact_back(long version)
    {
        await IndexAsync(Card("Jane", id: _id));
        await DeleteAsync(_id, 2);
        await IndexAsync(Card("Jane", id: _id, version: version));
        await TouchAsync(_id, Noon.AddDays(1));

        Assert.Empty(await FindAsync("jane"));
        Assert.Empty(await FindAsync(""));
    }

    [Fact]
    public async Task A_deleted_contact_leaves_no_trace_in_any_table()
    {
        string[] traces = ["6045551234", "zebulon", "zq@example.com", "quagmire"];
        await IndexAsync(Card("Zebulon", ["+16045551234"], ["zq@example.com"], "Quagmire Ltd", "Quagmire called", _id));
        await TouchAsync(_id, Noon);
        await using var connection = new NpgsqlConnection(Service.OwnerConnectionString);
        Assert.Equal(traces.Length, (await connection.FindTracesAsync(Workspace, traces)).Count);

        await DeleteAsync(_id, 2);
        await IndexAsync(Card("Zebulon", ["+16045551234"], id: _id));

        Assert.Empty(await connection.FindTracesAsync(Workspace, traces));
    }

    [Fact]
    public async Task A_deletion_before_its_contact_holds_too()
    {
        await DeleteAsync(_id, 2);
        await IndexAsync(Card("Jane", id: _id));

        Assert.Empty(await FindAsync(""));
    }

    [Fact]
    public async Task Nothing_of_a_deleted_contact_stays_but_its_id_and_version()
    {
        await IndexAsync(Card("Jane", ["+16045551234"], id: _id));
        await DeleteAsync(_id, 2);

        await using var connection = new Npgsql.NpgsqlConnection(Service.OwnerConnectionString);
        await connection.OpenAsync();
        await using var left = new Npgsql.NpgsqlCommand("SELECT count(*) FROM contacts WHERE version = 2 AND card IS NULL AND terms IS NULL", connection);
        Assert.Equal(1L, await left.ExecuteScalarAsync());
    }

    [Fact]
    public async Task Activity_may_come_before_the_card()
    {
        await TouchAsync(_id, Noon.AddHours(3), messages: 4);
        Assert.Empty(await FindAsync(""));
        await IndexAsync(Card("Jane", id: _id), Card("Later", created: Noon.AddHours(1)));

        Assert.Equal(["Jane", "Later"], await FindAsync(""));
        Assert.Equal(4, (int)(await SearchAsync("?q=jane"))["data"]![0]!["message_count"]!);
    }

    [Fact]
    public async Task Older_activity_is_ignored()
    {
        await IndexAsync(Card("Jane", id: _id));
        await TouchAsync(_id, Noon.AddHours(3), version: 5, messages: 5);
        await TouchAsync(_id, Noon.AddHours(2), version: 4, messages: 4);
        await IndexAsync(Card("Jane", id: _id, version: 2));

        var row = (await SearchAsync(""))["data"]![0]!;
        Assert.Equal(5, (int)row["message_count"]!);
        Assert.Equal(Noon.AddHours(3), (DateTimeOffset)row["last_contact_at"]!);
    }

    [Fact]
    public async Task The_same_delivery_twice_changes_nothing()
    {
        var happened = Happened.In(Workspace, new ContactChanged(Card("Jane", id: _id), []));
        await Service.DeliverAsync(happened);
        await Service.DeliverAsync(happened, happened);

        Assert.Equal(["Jane"], await FindAsync(""));
    }

    [Fact]
    public async Task Overlapping_batches_at_once_do_not_deadlock()
    {
        var ids = Enumerable.Range(0, 200).Select(_ => Guid.CreateVersion7()).ToArray();

        await Task.WhenAll(
            Enumerable
                .Range(1, 8)
                .SelectMany(version =>
                    (Task[])
                        [
                            IndexAsync([.. ids.OrderBy(_ => Random.Shared.Next()).Select(id => Card("Jane", id: id, version: version))]),
                            Service.DeliverAsync<ContactActivityChanged>([
                                .. ids.OrderBy(_ => Random.Shared.Next())
                                    .Select(id => Happened.In(Workspace, new ContactActivityChanged(id, version, Noon.AddHours(version), 0, version, 0, []))),
                            ]),
                        ]
                )
        );

        var rows = (await SearchAsync("?q=jane&limit=200"))["data"]!.AsArray();
        Assert.Equal(200, rows.Count);
        Assert.All(rows, row => Assert.Equal((8, 8), ((int)row!["version"]!, (int)row["message_count"]!)));
    }
}
