using Messages.Contacts;
using Testing;

namespace SearchIndexer.Tests.Indexing;

/// <summary>Merges, and their undoing, in any order of events.</summary>
public sealed class AbsorbedContactTests(PostgresFixture postgres) : SearchTests(postgres)
{
    private readonly Guid _jane = Guid.CreateVersion7();
    private readonly Guid _mary = Guid.CreateVersion7();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_absorbed_contact_is_not_found_whichever_comes_first(bool mergeFirst)
    {
        if (mergeFirst)
        {
            await AbsorbAsync(2);
        }
        await IndexAsync(Card("Jane", id: _jane));
        await TouchAsync(_jane, Noon.AddHours(1));
        if (!mergeFirst)
        {
            await AbsorbAsync(2);
        }

        Assert.Empty(await FindAsync(""));
        Assert.Empty(await FindAsync("jane"));
    }

    [Theory]
    [InlineData("merge card activity")]
    [InlineData("merge activity card")]
    [InlineData("activity merge card")]
    [InlineData("activity card merge")]
    [InlineData("card merge activity")]
    [InlineData("card activity merge")]
    public async Task Once_the_merge_is_undone_it_is_back_with_its_activity(string order)
    {
        await IndexAsync(Card("Jane", id: _jane));
        await TouchAsync(_jane, Noon.AddHours(1), version: 1, messages: 3);
        foreach (var what in order.Split(' '))
        {
            await (
                what switch
                {
                    "merge" => AbsorbAsync(2),
                    "card" => IndexAsync(Card("Jane again", id: _jane, version: 3)),
                    _ => TouchAsync(_jane, Noon.AddHours(2), version: 2, messages: 4),
                }
            );
        }

        var found = Assert.Single((await SearchAsync("?q=jane"))["data"]!.AsArray())!;
        Assert.Equal(("Jane again", 4), ((string?)found["name"], (int)found["message_count"]!));
        Assert.Equal(Noon.AddHours(2), (DateTimeOffset)found["last_contact_at"]!);
    }

    [Fact]
    public async Task A_deletion_is_final_also_of_an_absorbed_contact()
    {
        await IndexAsync(Card("Jane", id: _jane));
        await AbsorbAsync(2);
        await DeleteAsync(_jane, 3);
        await AbsorbAsync(5);
        await IndexAsync(Card("Jane", id: _jane, version: 6));

        Assert.Empty(await FindAsync(""));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Who_had_no_activity_before_the_merge_is_listed_by_creation_again(bool activityFirst)
    {
        await IndexAsync(Card("Other", created: Noon.AddMinutes(30)));
        var none = Happened.In(Workspace, new ContactActivityChanged(_mary, 2, null, 0, 0, 0, []));
        if (activityFirst)
        {
            await Service.DeliverAsync(none);
        }
        await IndexAsync(Card("Mary", id: _mary, created: Noon.AddHours(1)));
        if (!activityFirst)
        {
            await TouchAsync(_mary, Noon.AddHours(-1));
            Assert.Equal(["Other", "Mary"], await FindAsync(""));
            await Service.DeliverAsync(none);
        }

        Assert.Equal(["Mary", "Other"], await FindAsync(""));
        Assert.Null((await SearchAsync("?q=mary"))["data"]![0]!["last_contact_at"]);
    }

    private Task AbsorbAsync(long version) => Service.DeliverAsync(Happened.In(Workspace, new ContactMerged(Guid.CreateVersion7(), _mary, _jane, version)));
}
