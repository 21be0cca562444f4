using System.Net;
using System.Text.Json.Nodes;
using Messages.Contacts;

namespace Contacts.Tests.Tags;

public sealed class TagTests(ContactsService service) : ContactsTests(service)
{
    [Fact]
    public async Task The_common_tags_are_there_from_the_start_and_keep_their_ids()
    {
        var tags = await TagsAsync();

        Assert.Equal(["Callback", "Customer", "Do Not Call", "Lead", "opt-out", "Prospect", "VIP"], tags.Select(tag => (string?)tag!["name"]));
        Assert.Equal(["Do Not Call", "opt-out"], tags.Where(tag => (bool)tag!["is_system"]!).Select(tag => (string?)tag!["name"]));
        Assert.Equal(tags.ToJsonString(), (await TagsAsync()).ToJsonString());
    }

    [Theory]
    [InlineData("""{"name":"Gold","color":"#FFD700"}""", "#ffd700")]
    [InlineData("""{"name":"  Gold  "}""", "#")]
    public async Task A_tag_is_created_with_its_color(string body, string color)
    {
        var tag = await (await Client.PostAsync("/v1/tags", Answers.Json(body))).JsonAsync(HttpStatusCode.Created);

        Assert.Equal("Gold", (string?)tag["name"]);
        Assert.StartsWith(color, (string?)tag["color"], StringComparison.Ordinal);
        Assert.Contains(await TagsAsync(), one => (string?)one!["id"] == (string?)tag["id"]);
    }

    [Theory]
    [InlineData("{}", 400, "validation")]
    [InlineData("""{"name":null}""", 400, "validation")]
    [InlineData("""{"name":" "}""", 400, "validation")]
    [InlineData("""{"name":"a,b"}""", 400, "invalid-tag")]
    [InlineData("""{"name":"a\u0001b"}""", 400, "invalid-tag")]
    [InlineData("""{"name":"Gold","color":"red"}""", 400, "validation")]
    [InlineData("""{"name":"Gold","color":"#12345"}""", 400, "validation")]
    [InlineData("""{"name":"Gold","is_system":true}""", 400, "validation")]
    [InlineData("""{"name":"vip"}""", 409, "tag-exists")]
    [InlineData("""{"name":"Opt-Out"}""", 409, "tag-exists")]
    public async Task What_is_not_right_is_refused(string body, int status, string slug)
    {
        await (await Client.PostAsync("/v1/tags", Answers.Json(body))).ProblemAsync(status, slug);

        Assert.Equal(7, (await TagsAsync()).Count);
    }

    [Fact]
    public async Task A_new_name_shows_on_every_contact_and_is_announced()
    {
        var contact = await CreateAsync("""{"phone":"+16045551234","tags":["VIP"]}""");
        await CreateAsync("""{"phone":"+16045550000"}""");

        var tag = await (await Client.PatchAsync($"/v1/tags/{await IdOfAsync("VIP")}", Answers.Json("""{"name":"Gold","color":"#ffd700"}"""))).JsonAsync();

        Assert.Equal("Gold", (string?)tag["name"]);
        var after = await GetAsync(contact);
        Assert.Equal(["Gold"], after["tags"].Texts());
        Assert.Equal(2, (int)after["version"]!);
        var sent = (await SentAsync<ContactChanged>())[^1].Data;
        Assert.Equal(["Gold"], sent.Contact.Tags);
        Assert.Equal(["tags"], sent.Changed);
        Assert.Equal(2, sent.Contact.Version);
        Assert.Equal(3, (await SentAsync<ContactChanged>()).Count);
    }

    [Fact]
    public async Task A_new_color_changes_no_contact()
    {
        await CreateAsync("""{"phone":"+16045551234","tags":["Do Not Call"]}""");

        var tag = await (await Client.PatchAsync($"/v1/tags/{await IdOfAsync("Do Not Call")}", Answers.Json("""{"color":"#000000"}"""))).JsonAsync();

        Assert.Equal("#000000", (string?)tag["color"]);
        Assert.Single(await SentAsync<ContactChanged>());
    }

    [Fact]
    public async Task A_deleted_tag_comes_off_every_contact()
    {
        var contact = await CreateAsync("""{"phone":"+16045551234","tags":["VIP","Lead"]}""");

        Assert.Equal(HttpStatusCode.NoContent, (await Client.DeleteAsync($"/v1/tags/{await IdOfAsync("VIP")}")).StatusCode);

        Assert.Equal(["Lead"], (await GetAsync(contact))["tags"].Texts());
        Assert.Equal(["Lead"], (await SentAsync<ContactChanged>())[^1].Data.Contact.Tags);
        Assert.DoesNotContain(await TagsAsync(), tag => (string?)tag!["name"] == "VIP");
    }

    [Theory]
    [InlineData("opt-out")]
    [InlineData("Do Not Call")]
    public async Task What_the_product_depends_on_is_neither_renamed_nor_deleted(string name)
    {
        var id = await IdOfAsync(name);

        await (await Client.PatchAsync($"/v1/tags/{id}", Answers.Json("""{"name":"Other"}"""))).ProblemAsync(409, "system-tag");
        await (await Client.DeleteAsync($"/v1/tags/{id}")).ProblemAsync(409, "system-tag");
    }

    [Fact]
    public async Task A_taken_name_is_refused() =>
        await (await Client.PatchAsync($"/v1/tags/{await IdOfAsync("VIP")}", Answers.Json("""{"name":"lead"}"""))).ProblemAsync(409, "tag-exists");

    [Fact]
    public async Task Two_tags_that_want_one_name_at_once_do_not_both_get_it()
    {
        string[] ids = [await IdOfAsync("VIP"), await IdOfAsync("Lead"), await IdOfAsync("Customer"), await IdOfAsync("Prospect")];

        var answers = await Task.WhenAll(ids.Select(id => Client.PatchAsync($"/v1/tags/{id}", Answers.Json("""{"name":"Gold"}"""))));

        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.OK);
        foreach (var refused in answers.Where(answer => answer.StatusCode != HttpStatusCode.OK))
        {
            await refused.ProblemAsync(409, "tag-exists");
        }
    }

    [Fact]
    public async Task Nothing_is_not_found()
    {
        await (await Client.PatchAsync($"/v1/tags/{Guid.CreateVersion7()}", Answers.Json("{}"))).ProblemAsync(404, "not-found");
        await (await Client.DeleteAsync($"/v1/tags/{Guid.CreateVersion7()}")).ProblemAsync(404, "not-found");
    }

    private async Task<JsonArray> TagsAsync() => (await (await Client.GetAsync("/v1/tags")).JsonAsync())["data"]!.AsArray();

    private async Task<string> IdOfAsync(string name) => (string)(await TagsAsync()).Single(tag => (string?)tag!["name"] == name)!["id"]!;
}
