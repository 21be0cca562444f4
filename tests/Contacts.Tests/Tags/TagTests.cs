using System.Net;
using System.Text.Json.Nodes;
using Messages;
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
        var told = await ToldAsync();
        Assert.Equal(3, told.Count);
        var sent = told[^1].Data;
        Assert.Equal(["Gold"], sent.Contact.Tags);
        Assert.Equal(["tags"], sent.Changed);
        Assert.Equal(2, sent.Contact.Version);
        Assert.Equal(new Actor(ActorKind.Api, "test-actor"), told[^1].Actor);
    }

    [Fact]
    public async Task The_history_of_each_contact_tells_a_new_name_and_a_deletion()
    {
        var contact = await CreateAsync("""{"phone":"+16045551234","tags":["VIP","Lead"]}""");
        var id = await IdOfAsync("VIP");

        await Client.PatchAsync($"/v1/tags/{id}", Answers.Json("""{"name":"Gold"}"""));
        await Client.DeleteAsync($"/v1/tags/{id}");

        Assert.Equal(
            "2 tag_renamed api test-actor, 3 tag_deleted api test-actor",
            await QueryAsync<string>(
                "SELECT string_agg(concat_ws(' ', version, kind, source, actor_id), ', ' ORDER BY version) FROM contact_changes WHERE workspace_id = @Workspace"
            )
        );
        Assert.Equal(
            """[{"after": ["Gold", "Lead"], "field": "tags", "before": ["Lead", "VIP"]}]""",
            await QueryAsync<string>("SELECT fields::text FROM contact_changes WHERE workspace_id = @Workspace AND version = 2")
        );
        Assert.Equal(
            """[{"after": ["Lead"], "field": "tags", "before": ["Gold", "Lead"]}]""",
            await QueryAsync<string>("SELECT fields::text FROM contact_changes WHERE workspace_id = @Workspace AND version = 3")
        );
        Assert.Equal(3, (int)(await GetAsync(contact))["version"]!);
    }

    [Fact]
    public async Task Whoever_renames_a_tag_does_not_become_the_one_who_tagged()
    {
        await CreateAsync("""{"phone":"+16045551234","tags":["VIP"]}""");

        await Client.PatchAsync($"/v1/tags/{await IdOfAsync("VIP")}", Answers.Json("""{"name":"Gold"}"""));

        Assert.Null(await QueryAsync<string?>("SELECT provenance::text FROM contacts WHERE workspace_id = @Workspace"));
    }

    [Fact]
    public async Task Each_tag_says_how_many_contacts_have_it()
    {
        var contact = await CreateAsync("""{"phone":"+16045551234","tags":["VIP","Lead"]}""");
        var other = await CreateAsync("""{"phone":"+16045550000","tags":["VIP"]}""");
        Assert.Equal("2 1 0", await CountsAsync("VIP", "Lead", "Customer"));

        await PatchAsync(contact, """{"tags":["Customer"]}""");
        await Client.DeleteAsync($"/v1/contacts/{other["id"]}");

        Assert.Equal("0 0 1", await CountsAsync("VIP", "Lead", "Customer"));
    }

    [Fact]
    public async Task An_absorbed_contact_is_not_counted()
    {
        var contact = await CreateAsync("""{"phone":"+16045551234","tags":["VIP"]}""");
        var other = await CreateAsync("""{"phone":"+16045550000","tags":["VIP"]}""");

        await QueryAsync<int>($"UPDATE contacts SET merged_into = '{contact["id"]}' WHERE id = '{other["id"]}' RETURNING 1");

        Assert.Equal("1", await CountsAsync("VIP"));
    }

    [Theory]
    [InlineData("ΟΔΟΣ", "οδος")]
    [InlineData("Ｖip", "ｖIP")]
    [InlineData("é", "E\u0301")]
    [InlineData("team\u200D", "Team")]
    public async Task Names_that_differ_in_case_only_are_one_tag(string name, string same)
    {
        await (await Client.PostAsync("/v1/tags", Answers.Json($$"""{"name":"{{name}}"}"""))).JsonAsync(HttpStatusCode.Created);

        await (await Client.PostAsync("/v1/tags", Answers.Json($$"""{"name":"{{same}}"}"""))).ProblemAsync(409, "tag-exists");
    }

    [Theory]
    [InlineData("opt-out\u200B")]
    [InlineData("\u200D")]
    [InlineData("\u202Evip")]
    [InlineData("\uFEFF")]
    public async Task What_is_not_seen_makes_no_tag(string name) =>
        await (await Client.PostAsync("/v1/tags", Answers.Json($$"""{"name":"{{name}}"}"""))).ProblemAsync(400, "invalid-tag");

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
        Assert.Equal(["Lead"], (await ToldAsync())[^1].Data.Contact.Tags);
        Assert.DoesNotContain(await TagsAsync(), tag => (string?)tag!["name"] == "VIP");
    }

    [Fact]
    public async Task A_merged_tag_gives_its_contacts_to_the_other()
    {
        var both = await CreateAsync("""{"phone":"+16045551234","tags":["VIP","Lead","Callback"]}""");
        var one = await CreateAsync("""{"phone":"+16045550000","tags":["VIP"]}""");
        var other = await CreateAsync("""{"phone":"+16045550001","tags":["Lead"]}""");
        var (vip, lead) = (await IdOfAsync("VIP"), await IdOfAsync("Lead"));

        var stays = await (await MergeAsync(vip, lead)).JsonAsync();

        Assert.Equal("Lead", (string?)stays["name"]);
        Assert.Equal(3, (int)stays["contacts_count"]!);
        Assert.Equal(["Callback", "Lead"], (await GetAsync(both))["tags"].Texts());
        Assert.Equal(["Lead"], (await GetAsync(one))["tags"].Texts());
        Assert.Equal(other.ToJsonString(), (await GetAsync(other)).ToJsonString());
        Assert.Equal(
            """[{"after": ["Callback", "Lead"], "field": "tags", "before": ["Callback", "Lead", "VIP"]}]""",
            await QueryAsync<string>($"SELECT fields::text FROM contact_changes WHERE kind = 'tag_merged' AND contact_id = '{both["id"]}'")
        );
        Assert.Equal(5, (await ToldAsync()).Count);
        Assert.Equal(["Lead"], (await ToldAsync()).Single(e => e.Data.Contact.Id == (Guid)one["id"]! && e.Data.Contact.Version == 2).Data.Contact.Tags);
        Assert.DoesNotContain(await TagsAsync(), tag => (string?)tag!["name"] == "VIP");
    }

    [Fact]
    public async Task Merges_that_make_no_sense_or_touch_consent_are_refused()
    {
        var contact = await CreateAsync("""{"phone":"+16045551234","tags":["VIP"]}""");
        var vip = await IdOfAsync("VIP");

        await (await MergeAsync(vip, vip)).ProblemAsync(400, "validation");
        await (await MergeAsync(vip, Guid.CreateVersion7().ToString())).ProblemAsync(400, "validation");
        await (await MergeAsync(Guid.CreateVersion7().ToString(), vip)).ProblemAsync(404, "not-found");
        await (await MergeAsync(vip, await IdOfAsync("opt-out"))).ProblemAsync(409, "opt-out-protected");
        await (await MergeAsync(await IdOfAsync("Do Not Call"), vip)).ProblemAsync(409, "system-tag");

        Assert.Equal(contact.ToJsonString(), (await GetAsync(contact)).ToJsonString());
    }

    [Fact]
    public async Task Two_tags_that_are_merged_into_each_other_at_once_leave_one()
    {
        await CreateAsync("""{"phone":"+16045551234","tags":["VIP","Lead"]}""");
        await CreateAsync("""{"phone":"+16045550000","tags":["VIP"]}""");
        await CreateAsync("""{"phone":"+16045550001","tags":["Lead"]}""");
        var (vip, lead) = (await IdOfAsync("VIP"), await IdOfAsync("Lead"));

        var answers = await Task.WhenAll(MergeAsync(vip, lead), MergeAsync(lead, vip));

        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.OK);
        Assert.All(await ListAsync(), contact => Assert.Single(contact!["tags"].Texts()));
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

    private Task<HttpResponseMessage> MergeAsync(string id, string into) =>
        Client.PostAsync($"/v1/tags/{id}/merge", Answers.Json($$"""{"into_tag_id":"{{into}}"}"""));

    private async Task<string> CountsAsync(params string[] names)
    {
        var tags = await TagsAsync();
        return string.Join(' ', names.Select(name => (int)tags.Single(tag => (string?)tag!["name"] == name)!["contacts_count"]!));
    }

    private async Task<string> IdOfAsync(string name) => (string)(await TagsAsync()).Single(tag => (string?)tag!["name"] == name)!["id"]!;
}
