using System.Net;
using System.Text.Json.Nodes;

namespace Contacts.Tests.CustomFields;

/// <summary>Definitions of custom fields.</summary>
public sealed class CustomFieldTests(ContactsService service) : ContactsTests(service)
{
    [Fact]
    public async Task A_field_is_created_and_listed_in_its_place()
    {
        await DefineAsync("""{"label":"Budget","type":"number"}""");
        var plan = await DefineAsync("""{"label":"  Chosen\n plan ","type":"choice","choices":["Gold"," Silver "],"description":"What they pay for"}""");
        await DefineAsync("""{"label":"First","key":"first","type":"text","position":0}""");

        Assert.Equal("chosen_plan", (string?)plan["key"]);
        Assert.Equal("Chosen plan", (string?)plan["label"]);
        Assert.Equal("choice", (string?)plan["type"]);
        Assert.Equal(["Gold", "Silver"], plan["choices"].Texts());
        Assert.Equal("What they pay for", (string?)plan["description"]);
        Assert.Equal("budget 0, first 0, chosen_plan 1", string.Join(", ", (await FieldsAsync()).Select(field => $"{field!["key"]} {field["position"]}")));
    }

    [Theory]
    [InlineData("Größe (cm)", "grosse_cm")]
    [InlineData("Café-Karte Nr. 5", "cafe_karte_nr_5")]
    [InlineData("1st visit", "field_1st_visit")]
    [InlineData("An extraordinarily long label of more than forty letters", "an_extraordinarily_long_label_of_more_th")]
    public async Task A_key_is_made_from_the_label(string label, string key) =>
        Assert.Equal(key, (string?)(await DefineAsync($$"""{"label":"{{label}}","type":"text"}"""))["key"]);

    [Theory]
    [InlineData("{}", 400, "validation")]
    [InlineData("""{"label":"A"}""", 400, "validation")]
    [InlineData("""{"type":"text"}""", 400, "validation")]
    [InlineData("""{"label":null,"type":"text"}""", 400, "validation")]
    [InlineData("""{"label":"  ","type":"text"}""", 400, "validation")]
    [InlineData("""{"label":"A","type":"money"}""", 400, "validation")]
    [InlineData("""{"label":"A","type":0}""", 400, "validation")]
    [InlineData("""{"label":"Имя","type":"text"}""", 400, "validation")]
    [InlineData("""{"label":"A","type":"text","key":"Upper"}""", 400, "validation")]
    [InlineData("""{"label":"A","type":"text","key":"1a"}""", 400, "validation")]
    [InlineData("""{"label":"A","type":"text","key":"a\n"}""", 400, "validation")]
    [InlineData("""{"label":"A","type":"text","key":"a23456789_123456789_123456789_123456789_1"}""", 400, "validation")]
    [InlineData("""{"label":"A","type":"text","choices":["x"]}""", 400, "validation")]
    [InlineData("""{"label":"A","type":"choice"}""", 400, "validation")]
    [InlineData("""{"label":"A","type":"choice","choices":[]}""", 400, "validation")]
    [InlineData("""{"label":"A","type":"choice","choices":["x","X"]}""", 400, "validation")]
    [InlineData("""{"label":"A","type":"choice","choices":["x",null]}""", 400, "validation")]
    [InlineData("""{"label":"A","type":"choice","choices":["x",""]}""", 400, "validation")]
    [InlineData("""{"label":"A","type":"multi_choice","choices":["x\u0000"]}""", 400, "validation")]
    [InlineData("""{"label":"A","type":"text","position":-1}""", 400, "validation")]
    [InlineData("""{"label":"A","type":"text","id":"01890000-0000-7000-8000-000000000000"}""", 400, "validation")]
    [InlineData("""{"label":"Taken","type":"number"}""", 409, "custom-field-exists")]
    [InlineData("""{"label":"Other","key":"taken","type":"number"}""", 409, "custom-field-exists")]
    public async Task What_is_not_right_is_refused(string body, int status, string slug)
    {
        await DefineAsync("""{"label":"Taken","type":"text"}""");

        await (await Client.PostAsync("/v1/custom-fields", Answers.Json(body))).ProblemAsync(status, slug);

        Assert.Single(await FieldsAsync());
    }

    [Theory]
    [InlineData(101, 100)]
    [InlineData(1, 201)]
    public async Task Texts_and_lists_are_bounded(int length, int count)
    {
        var choices = string.Join(',', Enumerable.Range(0, count).Select(i => $"\"{new string('x', length)}{i}\""));

        var body = $$"""{"label":"A","type":"choice","choices":[{{choices}}]}""";

        await (await Client.PostAsync("/v1/custom-fields", Answers.Json(body))).ProblemAsync(400, "validation");
    }

    [Fact]
    public async Task A_workspace_has_at_most_a_hundred_however_many_ask_at_once()
    {
        var answers = await Task.WhenAll(
            Enumerable.Range(0, 104).Select(i => Client.PostAsync("/v1/custom-fields", Answers.Json($$"""{"label":"Field {{i}}","type":"text"}""")))
        );

        foreach (var refused in answers.Where(answer => answer.StatusCode != HttpStatusCode.Created))
        {
            await refused.ProblemAsync(409, "too-many-custom-fields");
        }
        var fields = await FieldsAsync();
        Assert.Equal(100, fields.Count);
        Assert.Equal(100, fields.Select(field => (int)field!["position"]!).Distinct().Count());
    }

    [Fact]
    public async Task One_key_that_many_want_at_once_is_given_once()
    {
        var answers = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(_ => Client.PostAsync("/v1/custom-fields", Answers.Json("""{"label":"Plan","type":"text"}""")))
        );

        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.Created);
        Assert.Single(await FieldsAsync());
    }

    [Fact]
    public async Task Label_description_and_position_change_and_key_and_type_do_not()
    {
        var field = await DefineAsync("""{"label":"Plan","type":"text","description":"Old"}""");

        var after = await (await UpdateAsync(field, """{"label":"Tariff","description":null,"position":7}""")).JsonAsync();

        Assert.Equal("Tariff", (string?)after["label"]);
        Assert.Equal("plan", (string?)after["key"]);
        Assert.Null(after["description"]);
        Assert.Equal(7, (int)after["position"]!);
        Assert.Equal(after.ToJsonString(), (await FieldsAsync()).Single()!.ToJsonString());
        Assert.Equal(after.ToJsonString(), (await (await UpdateAsync(field, "{}")).JsonAsync()).ToJsonString());
        await (await UpdateAsync(field, """{"key":"other"}""")).ProblemAsync(400, "validation");
        await (await UpdateAsync(field, """{"type":"number"}""")).ProblemAsync(400, "validation");
        await (await UpdateAsync(field, """{"label":" "}""")).ProblemAsync(400, "validation");
        await (await UpdateAsync(field, """{"choices":["x"]}""")).ProblemAsync(400, "validation");
        await (await UpdateAsync(field, """{"position":10001}""")).ProblemAsync(400, "validation");
    }

    [Fact]
    public async Task A_deleted_fields_values_go_from_all_contacts_and_stay_in_their_history()
    {
        var field = await DefineAsync("""{"label":"Plan","type":"text"}""");
        await DefineAsync("""{"label":"Size","type":"number"}""");
        var both = await CreateAsync("""{"phone":"+16045551234","custom_fields":{"plan":"Gold","size":5}}""");
        var one = await CreateAsync("""{"phone":"+16045550000","custom_fields":{"plan":"Silver"}}""");
        var none = await CreateAsync("""{"phone":"+16045550001","custom_fields":{"size":6}}""");

        Assert.Equal(HttpStatusCode.NoContent, (await Client.DeleteAsync($"/v1/custom-fields/{field["id"]}")).StatusCode);

        Assert.Equal("""{"size":5}""", (await GetAsync(both))["custom_fields"]!.ToJsonString());
        Assert.Equal("{}", (await GetAsync(one))["custom_fields"]!.ToJsonString());
        Assert.Equal(2, (int)(await GetAsync(one))["version"]!);
        Assert.Equal(1, (int)(await GetAsync(none))["version"]!);
        Assert.Equal(
            "Gold, Silver",
            await QueryAsync<string>(
                """
                SELECT string_agg(fields -> 0 ->> 'before', ', ' ORDER BY contact_id) FROM contact_changes
                WHERE workspace_id = @Workspace AND kind = 'custom_field_deleted' AND fields -> 0 ->> 'field' = 'custom.plan' AND fields -> 0 ->> 'after' IS NULL
                """
            )
        );
        var told = (await ToldAsync()).Skip(3).Select(e => e.Data).ToList();
        Assert.Equal([2, 2], told.Select(changed => changed.Contact.Version));
        Assert.All(told, changed => Assert.Equal(["custom.plan"], changed.Changed));
        Assert.All(told, changed => Assert.DoesNotContain("plan", changed.Contact.CustomFields.Keys));
        Assert.Equal(0, await QueryAsync<int>("SELECT count(*)::int FROM contact_field_values WHERE workspace_id = @Workspace AND field = 'plan'"));
        await (await PatchAsync(one, """{"custom_fields":{"plan":"Gold"}}""")).ProblemAsync(400, "unknown-custom-field");
        await (await Client.DeleteAsync($"/v1/custom-fields/{field["id"]}")).ProblemAsync(404, "not-found");
    }

    [Fact]
    public async Task No_value_outlives_its_field_whoever_writes_at_that_moment()
    {
        var contacts = new List<JsonNode>();
        foreach (var i in Enumerable.Range(0, 12))
        {
            contacts.Add(await CreateAsync($$"""{"phone":"+1604555{{1000 + i}}"}"""));
        }
        foreach (var round in Enumerable.Range(0, 3))
        {
            var field = await DefineAsync("""{"label":"Plan","type":"text"}""");
            await Task.WhenAll([
                .. contacts.Select(contact => PatchAsync(contact, $$$"""{"custom_fields":{"plan":"{{{round}}}"}}""")),
                Client.DeleteAsync($"/v1/custom-fields/{field["id"]}"),
            ]);
            Assert.Equal(0, await QueryAsync<int>("SELECT count(*)::int FROM contacts WHERE workspace_id = @Workspace AND custom_fields IS NOT NULL"));
            Assert.Equal(0, await QueryAsync<int>("SELECT count(*)::int FROM contact_field_values WHERE workspace_id = @Workspace"));
        }
    }

    [Fact]
    public async Task Who_changed_the_definitions_is_in_the_audit_log()
    {
        var field = await DefineAsync("""{"label":"Plan","type":"text"}""");
        await UpdateAsync(field, """{"label":"Tariff"}""");
        await Client.DeleteAsync($"/v1/custom-fields/{field["id"]}");

        Assert.Equal(
            "custom_field.created, custom_field.updated, custom_field.deleted",
            await QueryAsync<string>("SELECT string_agg(action, ', ' ORDER BY id) FROM audit_entries WHERE workspace_id = @Workspace")
        );
    }

    private async Task<JsonArray> FieldsAsync() => (await (await Client.GetAsync("/v1/custom-fields")).JsonAsync())["data"]!.AsArray();

    private async Task<JsonNode> DefineAsync(string body) =>
        await (await Client.PostAsync("/v1/custom-fields", Answers.Json(body))).JsonAsync(HttpStatusCode.Created);

    private Task<HttpResponseMessage> UpdateAsync(JsonNode field, string body) => Client.PatchAsync($"/v1/custom-fields/{field["id"]}", Answers.Json(body));
}
