using System.Net;
using System.Text.Json.Nodes;

namespace Contacts.Tests.CustomFields;

/// <summary>Choices that change while contacts have them.</summary>
public sealed class FieldChoiceTests(ContactsService service) : ContactsTests(service)
{
    [Fact]
    public async Task A_renamed_choice_is_renamed_on_every_contact()
    {
        var (plan, topics) = await DefineBothAsync();
        var contact = await CreateAsync("""{"phone":"+16045551234","custom_fields":{"plan":"gold","topics":["c","A"]}}""");
        var other = await CreateAsync("""{"phone":"+16045550000","custom_fields":{"plan":"Silver","topics":["B"]}}""");

        var field = await (await UpdateAsync(plan, """{"renamed_choices":{"GOLD":"Platinum"}}""")).JsonAsync();
        await (await UpdateAsync(topics, """{"renamed_choices":{"A":"C","C":"A"}}""")).JsonAsync();

        Assert.Equal(["Platinum", "Silver", "Bronze"], field["choices"].Texts());
        var after = await GetAsync(contact);
        Assert.Equal("""{"plan":"Platinum","topics":["C","A"]}""", after["custom_fields"]!.ToJsonString());
        Assert.Equal(3, (int)after["version"]!);
        Assert.Equal(other.ToJsonString(), (await GetAsync(other)).ToJsonString());
        Assert.Equal(
            """[{"after": "Platinum", "field": "custom.plan", "before": "Gold"}]""",
            await QueryAsync<string>("SELECT fields::text FROM contact_changes WHERE workspace_id = @Workspace AND version = 2 AND kind = 'choices_changed'")
        );
        Assert.Equal(4, (await ToldAsync()).Count);
        Assert.Single(await ListAsync("?custom_field=plan&value=platinum"));
        await (await Client.GetAsync("/v1/contacts?custom_field=plan&value=gold")).ProblemAsync(400, "invalid-custom-field");
        Assert.Equal((string?)contact["id"], (string?)(await ListAsync("?custom_field=topics&value=a")).Single()!["id"]);
    }

    [Fact]
    public async Task Another_spelling_in_the_list_respells_the_values()
    {
        var (plan, _) = await DefineBothAsync();
        var contact = await CreateAsync("""{"phone":"+16045551234","custom_fields":{"plan":"Gold"}}""");

        await (await UpdateAsync(plan, """{"choices":["SILVER","GOLD","bronze","Tin"]}""")).JsonAsync();

        Assert.Equal("GOLD", (string?)(await GetAsync(contact))["custom_fields"]!["plan"]);
        Assert.Single(await ListAsync("?custom_field=plan&value=gold"));
    }

    [Fact]
    public async Task A_choice_in_use_goes_only_where_that_is_said()
    {
        var (plan, topics) = await DefineBothAsync();
        var contact = await CreateAsync("""{"phone":"+16045551234","custom_fields":{"plan":"Gold","topics":["A","B"]}}""");

        var refused = await (await UpdateAsync(plan, """{"choices":["Silver"]}""")).ProblemAsync(409, "choice-in-use");
        await (await UpdateAsync(topics, """{"choices":["B","C"]}""")).ProblemAsync(409, "choice-in-use");
        await (await UpdateAsync(plan, """{"choices":["Gold","Silver"]}""")).JsonAsync();
        Assert.Equal(1, (int)refused["contacts_count"]!);
        Assert.Equal(contact.ToJsonString(), (await GetAsync(contact)).ToJsonString());

        await (await UpdateAsync(plan, """{"choices":["Silver"]}""", "?clear=true")).JsonAsync();
        await (await UpdateAsync(topics, """{"choices":["B","C"]}""", "?clear=true")).JsonAsync();

        Assert.Equal("""{"topics":["B"]}""", (await GetAsync(contact))["custom_fields"]!.ToJsonString());
        Assert.Equal("""{"topics":["B"]}""", System.Text.Json.JsonSerializer.Serialize((await ToldAsync())[^1].Data.Contact.CustomFields));
        Assert.Empty(await ListAsync("?custom_field=plan"));
        Assert.Single(await ListAsync("?custom_field=topics&value=b"));
        await (await UpdateAsync(topics, """{"choices":["C"]}""", "?clear=true")).JsonAsync();
        Assert.Equal("{}", (await GetAsync(contact))["custom_fields"]!.ToJsonString());
    }

    [Theory]
    [InlineData("""{"renamed_choices":{"Tin":"Iron"}}""")]
    [InlineData("""{"renamed_choices":{"Gold":"silver"}}""")]
    [InlineData("""{"renamed_choices":{"Gold":" "}}""")]
    [InlineData("""{"renamed_choices":{"Gold":null}}""")]
    [InlineData("""{"renamed_choices":["Gold"]}""")]
    [InlineData("""{"choices":[]}""")]
    [InlineData("""{"choices":["Gold","gold"]}""")]
    [InlineData("""{"choices":"Gold"}""")]
    public async Task What_is_not_right_is_refused(string body)
    {
        var (plan, _) = await DefineBothAsync();
        var contact = await CreateAsync("""{"phone":"+16045551234","custom_fields":{"plan":"Gold"}}""");

        await (await UpdateAsync(plan, body)).ProblemAsync(400, "validation");

        Assert.Equal(contact.ToJsonString(), (await GetAsync(contact)).ToJsonString());
    }

    [Fact]
    public async Task No_contact_keeps_a_choice_that_is_none_whoever_writes_at_that_moment()
    {
        var (plan, _) = await DefineBothAsync();
        var contacts = new List<JsonNode>();
        foreach (var i in Enumerable.Range(0, 10))
        {
            contacts.Add(await CreateAsync($$$"""{"phone":"+1604555{{{1000 + i}}}","custom_fields":{"plan":"Silver"}}"""));
        }

        await Task.WhenAll([
            .. contacts.Select(contact => PatchAsync(contact, """{"custom_fields":{"plan":"Gold"}}""")),
            UpdateAsync(plan, """{"renamed_choices":{"Gold":"Platinum"}}"""),
        ]);

        var values = (await ListAsync()).Select(contact => (string?)contact!["custom_fields"]!["plan"]).ToHashSet();
        Assert.Subset(new HashSet<string?> { "Platinum", "Silver" }, values);
    }

    private async Task<(JsonNode Plan, JsonNode Topics)> DefineBothAsync() =>
        (
            await DefineAsync("""{"label":"Plan","type":"choice","choices":["Gold","Silver","Bronze"]}"""),
            await DefineAsync("""{"label":"Topics","type":"multi_choice","choices":["A","B","C"]}""")
        );

    private async Task<JsonNode> DefineAsync(string body) =>
        await (await Client.PostAsync("/v1/custom-fields", Answers.Json(body))).JsonAsync(HttpStatusCode.Created);

    private Task<HttpResponseMessage> UpdateAsync(JsonNode field, string body, string query = "") =>
        Client.PatchAsync($"/v1/custom-fields/{field["id"]}{query}", Answers.Json(body));
}
