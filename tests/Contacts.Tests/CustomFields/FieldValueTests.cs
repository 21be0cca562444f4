using System.Net;
using System.Text.Json.Nodes;
using Messages.Contacts;

namespace Contacts.Tests.CustomFields;

/// <summary>Values of custom fields on contacts.</summary>
public sealed class FieldValueTests(ContactsService service) : ContactsTests(service)
{
    [Theory]
    [InlineData("words", "\" Prefers\\nmornings \"", "\" Prefers\\nmornings \"")]
    [InlineData("words", "\"2026-02-30\"", "\"2026-02-30\"")]
    [InlineData("amount", "5", "5")]
    [InlineData("amount", "1234.50", "1234.5")]
    [InlineData("amount", "-0.0", "0")]
    [InlineData("amount", "1e3", "1000")]
    [InlineData("amount", "1.5E-3", "0.0015")]
    [InlineData("amount", "999999999999999", "999999999999999")]
    [InlineData("amount", "0.100000000000001", "0.100000000000001")]
    [InlineData("day", "\"2024-02-29\"", "\"2024-02-29\"")]
    [InlineData("member", "true", "true")]
    [InlineData("member", "false", "false")]
    [InlineData("plan", "\" GOLD \"", "\"Gold\"")]
    [InlineData("topics", "[\"b\",\"A\",\"B\"]", "[\"A\",\"B\"]")]
    [InlineData("site", "\" https://example.com/a?b=c#d \"", "\"https://example.com/a?b=c#d\"")]
    [InlineData("site", "\"http://münchen.example/straße\"", "\"http://münchen.example/straße\"")]
    public async Task A_value_is_stored_in_its_one_form(string key, string given, string stored)
    {
        await DefineAllAsync();

        var contact = await CreateAsync($$$"""{"phone":"+16045551234","custom_fields":{"{{{key}}}":{{{given}}}}}""");

        Assert.Equal(JsonNode.Parse(stored)!.ToJsonString(), contact["custom_fields"]![key]!.ToJsonString());
        Assert.Equal(contact.ToJsonString(), (await GetAsync(contact)).ToJsonString());
        var sent = Assert.Single(await SentAsync<ContactChanged>()).Data;
        Assert.Equal(JsonNode.Parse(stored)!.ToJsonString(), JsonNode.Parse(sent.Contact.CustomFields[key].GetRawText())!.ToJsonString());
        Assert.Contains("custom." + key, sent.Changed);
        await (await PatchAsync(contact, $$$"""{"custom_fields":{"{{{key}}}":{{{given}}}}}""")).JsonAsync();
        Assert.Single(await SentAsync<ContactChanged>());
    }

    [Theory]
    [InlineData("words", "5")]
    [InlineData("words", "true")]
    [InlineData("words", "[\"a\"]")]
    [InlineData("words", "{\"a\":1}")]
    [InlineData("words", "\"a\\u0000b\"")]
    [InlineData("words", "\"\\ud800\"")]
    [InlineData("amount", "\"5\"")]
    [InlineData("amount", "1e400")]
    [InlineData("amount", "1e-400")]
    [InlineData("amount", "1e15")]
    [InlineData("amount", "1234567890123456")]
    [InlineData("amount", "0.1234567890123456")]
    [InlineData("amount", "true")]
    [InlineData("day", "\"2026-02-30\"")]
    [InlineData("day", "\"2026-2-3\"")]
    [InlineData("day", "\"23.11.2026\"")]
    [InlineData("day", "\"2026-11-23T10:00:00Z\"")]
    [InlineData("day", "\"0000-01-01\"")]
    [InlineData("day", "20261123")]
    [InlineData("member", "\"true\"")]
    [InlineData("member", "1")]
    [InlineData("plan", "\"Tin\"")]
    [InlineData("plan", "[\"Gold\"]")]
    [InlineData("topics", "\"A\"")]
    [InlineData("topics", "[\"A\",\"X\"]")]
    [InlineData("topics", "[\"A\",null]")]
    [InlineData("topics", "[[\"A\"]]")]
    [InlineData("site", "\"example.com\"")]
    [InlineData("site", "\"/path\"")]
    [InlineData("site", "\"ftp://example.com\"")]
    [InlineData("site", "\"javascript:alert(1)\"")]
    [InlineData("site", "\"https://\"")]
    [InlineData("site", "\"https://exa mple.com\"")]
    [InlineData("site", "\"https://example.com/\\\"onclick=\"")]
    public async Task What_its_field_does_not_take_is_refused(string key, string given)
    {
        await DefineAllAsync();
        var contact = await CreateAsync("""{"phone":"+16045551234"}""");

        var problem = await (await PatchAsync(contact, $$$"""{"custom_fields":{"{{{key}}}":{{{given}}}}}""")).ProblemAsync(400, "invalid-custom-field");

        Assert.NotNull(problem["errors"]!["custom_fields." + key]);
        Assert.Equal(contact.ToJsonString(), (await GetAsync(contact)).ToJsonString());
        var body = $$$"""{"phone":"+16045550000","custom_fields":{"{{{key}}}":{{{given}}}}}""";
        await (await Client.PostAsync("/v1/contacts", Answers.Json(body))).ProblemAsync(400, "invalid-custom-field");
        await (await Client.PostAsync("/functions/v1/create-contact", Answers.Json(body))).ProblemAsync(400, "invalid-custom-field");
    }

    [Theory]
    [InlineData("words", 2_000, HttpStatusCode.OK)]
    [InlineData("words", 2_001, HttpStatusCode.BadRequest)]
    [InlineData("site", 2_000, HttpStatusCode.OK)]
    [InlineData("site", 2_001, HttpStatusCode.BadRequest)]
    public async Task Texts_and_links_are_bounded(string key, int length, HttpStatusCode status)
    {
        await DefineAllAsync();
        var contact = await CreateAsync("""{"phone":"+16045551234"}""");
        var text = "https://example.com/".PadRight(length, 'é');

        var answer = await PatchAsync(contact, $$$"""{"custom_fields":{"{{{key}}}":"{{{text}}}"}}""");

        Assert.Equal(status, answer.StatusCode);
        Assert.Equal(
            status == HttpStatusCode.OK ? 1 : 0,
            (await ListAsync($"?custom_field={key}&value={Uri.EscapeDataString(text[..Math.Min(length, 2_000)])}")).Count
        );
    }

    [Theory]
    [InlineData("""{"custom_fields":{"nothing":5}}""", "unknown-custom-field", "custom_fields.nothing")]
    [InlineData("""{"custom_fields":{"nothing":null}}""", "unknown-custom-field", "custom_fields.nothing")]
    [InlineData("""{"custom_fields":{"Words":"a"}}""", "unknown-custom-field", "custom_fields.Words")]
    [InlineData("""{"custom_fields":{"":"a"}}""", "unknown-custom-field", "custom_fields.")]
    [InlineData("""{"custom_fields":{"a\u0000b":"a"}}""", "validation", null)]
    [InlineData("""{"custom_fields":[]}""", "validation", null)]
    [InlineData("""{"custom_fields":"words"}""", "validation", null)]
    public async Task What_the_workspace_has_no_field_for_is_refused(string patch, string slug, string? path)
    {
        await DefineAllAsync();
        var contact = await CreateAsync("""{"phone":"+16045551234"}""");

        var problem = await (await PatchAsync(contact, patch)).ProblemAsync(400, slug);

        Assert.True(path is null || problem["errors"]![path] is not null);
    }

    [Fact]
    public async Task All_that_is_wrong_is_told_at_once()
    {
        await DefineAllAsync();

        var problem = await (
            await Client.PostAsync("/v1/contacts", Answers.Json("""{"phone":"x","custom_fields":{"amount":"5","nothing":1,"member":true}}"""))
        ).ProblemAsync(400, "invalid-phone");

        Assert.Equal(["custom_fields.amount", "custom_fields.nothing", "phone"], problem["errors"]!.AsObject().Select(error => error.Key).Order());
    }

    [Fact]
    public async Task What_is_absent_stays_and_null_clears()
    {
        await DefineAllAsync();
        var contact = await CreateAsync("""{"phone":"+16045551234","custom_fields":{"words":"a","amount":5,"topics":["A"],"day":"2026-11-23"}}""");

        var after = await (await PatchAsync(contact, """{"custom_fields":{"amount":null,"topics":[],"words":" ","member":false}}""")).JsonAsync();
        var untouched = await (await PatchAsync(contact, """{"company":"Acme","custom_fields":null}""")).JsonAsync();

        Assert.Equal("""{"day":"2026-11-23","member":false}""", after["custom_fields"]!.ToJsonString());
        Assert.Equal("""{"day":"2026-11-23","member":false}""", untouched["custom_fields"]!.ToJsonString());
        Assert.Equal(
            ["custom.amount", "custom.member", "custom.topics", "custom.words"],
            (await SentAsync<ContactChanged>()).Single(e => e.Data.Contact.Version == 2).Data.Changed
        );
        Assert.Equal(
            "custom.amount, custom.member, custom.topics, custom.words",
            await QueryAsync<string>(
                "SELECT string_agg(key, ', ' ORDER BY key) FROM contacts, jsonb_object_keys(provenance) key WHERE workspace_id = @Workspace AND key <> 'company'"
            )
        );
        Assert.Equal(2, await QueryAsync<int>("SELECT count(*)::int FROM contact_field_values WHERE workspace_id = @Workspace"));
    }

    [Fact]
    public async Task Values_take_part_in_versions()
    {
        await DefineAllAsync();
        var contact = await CreateAsync("""{"phone":"+16045551234","custom_fields":{"amount":1}}""");

        var answers = await Task.WhenAll(
            Enumerable.Range(2, 10).Select(amount => PatchAsync(contact, $$$"""{"custom_fields":{"amount":{{{amount}}}}}""", "\"1\""))
        );

        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.OK);
        Assert.Equal(1, await QueryAsync<int>("SELECT count(*)::int FROM contact_field_values WHERE workspace_id = @Workspace"));
        Assert.Equal(
            (await GetAsync(contact))["custom_fields"]!["amount"]!.GetValue<double>(),
            await QueryAsync<double>("SELECT number FROM contact_field_values WHERE workspace_id = @Workspace")
        );
    }

    private async Task DefineAllAsync()
    {
        foreach (
            var body in new[]
            {
                """{"label":"Words","type":"text"}""",
                """{"label":"Amount","type":"number"}""",
                """{"label":"Day","type":"date"}""",
                """{"label":"Member","type":"yes_no"}""",
                """{"label":"Plan","type":"choice","choices":["Gold","Silver"]}""",
                """{"label":"Topics","type":"multi_choice","choices":["A","B"]}""",
                """{"label":"Site","type":"link"}""",
            }
        )
        {
            await (await Client.PostAsync("/v1/custom-fields", Answers.Json(body))).JsonAsync(HttpStatusCode.Created);
        }
    }
}
