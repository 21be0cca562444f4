using System.Text.Json.Nodes;

namespace Contacts.Tests.Cards;

public sealed class ListContactsTests(ContactsService service) : ContactsTests(service)
{
    [Fact]
    public async Task Pages_show_each_contact_once_newest_first()
    {
        for (var i = 0; i < 7; i++)
        {
            await CreateAsync($$"""{"phone":"+1604555000{{i}}"}""");
        }

        var seen = new List<string?>();
        string? cursor = null;
        do
        {
            var page = await (await Client.GetAsync($"/v1/contacts?limit=3{(cursor is null ? "" : "&cursor=" + cursor)}")).JsonAsync();
            seen.AddRange(page["data"]!.AsArray().Select(contact => (string?)contact!["phone"]));
            cursor = (string?)page["next_cursor"];
        } while (cursor is not null);

        Assert.Equal(Enumerable.Range(0, 7).Reverse().Select(i => $"+1604555000{i}"), seen);
    }

    [Fact]
    public async Task What_changed_since_comes_in_the_order_of_change()
    {
        var first = await CreateAsync("""{"phone":"+16045550001"}""");
        var second = await CreateAsync("""{"phone":"+16045550002"}""");
        var third = await CreateAsync("""{"phone":"+16045550003"}""");
        await PatchAsync(first, """{"name":"Changed"}""");
        var since = Uri.EscapeDataString((string)second["updated_at"]!);

        var page = await (await Client.GetAsync($"/v1/contacts?updated_since={since}&limit=2")).JsonAsync();
        var rest = await ListAsync($"?updated_since={since}&limit=2&cursor={page["next_cursor"]}");

        Assert.Equal([(string?)second["id"], (string?)third["id"]], Ids(page["data"]!.AsArray()));
        Assert.Equal([(string?)first["id"]], Ids(rest));
    }

    [Theory]
    [InlineData("?phone=%2B16045551234")]
    [InlineData("?phone=+16045551234")]
    [InlineData("?phone=604-555-1234")]
    [InlineData("?email=JOHN%40example.com")]
    [InlineData("?tag=vip")]
    [InlineData("?tag=VIP&phone=6045551234&email=john@example.com")]
    public async Task Filters_find_the_one(string query)
    {
        var contact = await CreateAsync("""{"phone":"+16045551234","email":"john@example.com","tags":["VIP"]}""");
        await CreateAsync("""{"phone":"+16045559999","tags":["Lead"]}""");

        Assert.Equal([(string?)contact["id"]], Ids(await ListAsync(query)));
    }

    [Theory]
    [InlineData("?phone=6045550000")]
    [InlineData("?email=nobody@example.com")]
    [InlineData("?tag=Callback")]
    [InlineData("?tag=nonsense")]
    [InlineData("?tag=Lead&phone=6045551234")]
    public async Task Filters_that_nobody_meets_give_an_empty_page(string query)
    {
        await CreateAsync("""{"phone":"+16045551234","tags":["VIP"]}""");

        Assert.Empty(await ListAsync(query));
    }

    [Theory]
    [InlineData("?limit=0", "validation")]
    [InlineData("?limit=201", "validation")]
    [InlineData("?limit=x", "validation")]
    [InlineData("?cursor=x", "validation")]
    [InlineData("?updated_since=yesterday", "validation")]
    [InlineData("?phone=12", "invalid-phone")]
    [InlineData("?email=x", "invalid-email")]
    public async Task What_cannot_be_asked_is_refused(string query, string slug) =>
        await (await Client.GetAsync("/v1/contacts" + query)).ProblemAsync(400, slug);

    private static IEnumerable<string?> Ids(JsonArray contacts) => contacts.Select(contact => (string?)contact!["id"]);
}
