using System.Net;
using Contacts.CustomFields;

namespace Contacts.Tests.CustomFields;

/// <summary>Contacts found by the value of a custom field.</summary>
public sealed class FieldFilterTests(ContactsService service) : ContactsTests(service)
{
    [Theory]
    [InlineData("custom_field=words", "ann,bob")]
    [InlineData("custom_field=words&value=HELLO%20world", "ann")]
    [InlineData("custom_field=words&value=hello", "")]
    [InlineData("custom_field=words&value=2026-11-23", "bob")]
    [InlineData("custom_field=amount&value=5.50", "ann")]
    [InlineData("custom_field=amount&value=0.1", "cid")]
    [InlineData("custom_field=amount&min=5.5", "ann,bob")]
    [InlineData("custom_field=amount&min=5.6", "bob")]
    [InlineData("custom_field=amount&max=5.5", "ann,cid")]
    [InlineData("custom_field=amount&min=0.05&max=1,000", "ann,bob,cid")]
    [InlineData("custom_field=amount&min=9&max=1", "")]
    [InlineData("custom_field=day&value=2026-11-23", "ann")]
    [InlineData("custom_field=day&min=2026-11-24", "bob")]
    [InlineData("custom_field=day&max=2026-11-23", "ann")]
    [InlineData("custom_field=member&value=true", "ann")]
    [InlineData("custom_field=member&value=no", "bob")]
    [InlineData("custom_field=topics&value=b", "ann,bob")]
    [InlineData("custom_field=topics&value=A", "ann")]
    [InlineData("custom_field=topics&value=c", "")]
    [InlineData("custom_field=words&value=HELLO%20world&tag=VIP", "ann")]
    [InlineData("custom_field=topics&value=b&tag=VIP", "ann")]
    [InlineData("custom_field=unused", "")]
    public async Task A_list_is_narrowed_to_those_who_have_the_value(string query, string names)
    {
        await SeedAsync();

        var found = (await ListAsync("?" + query)).Select(contact => (string?)contact!["name"]).Order();

        Assert.Equal(names, string.Join(',', found));
    }

    [Theory]
    [InlineData("custom_field=nothing", "unknown-custom-field", "custom_field")]
    [InlineData("custom_field=amount&value=many", "invalid-custom-field", "value")]
    [InlineData("custom_field=amount&value=", "invalid-custom-field", "value")]
    [InlineData("custom_field=amount&min=x", "invalid-custom-field", "min")]
    [InlineData("custom_field=day&max=tomorrow", "invalid-custom-field", "max")]
    [InlineData("custom_field=words&min=a", "invalid-custom-field", "min")]
    [InlineData("custom_field=topics&value=X", "invalid-custom-field", "value")]
    [InlineData("value=5", "validation", "custom_field")]
    [InlineData("min=5", "validation", "custom_field")]
    public async Task What_cannot_be_asked_is_refused(string query, string slug, string field)
    {
        await SeedAsync();

        Assert.NotNull((await (await Client.GetAsync("/v1/contacts?" + query)).ProblemAsync(400, slug))["errors"]![field]);
    }

    [Fact]
    public async Task Pages_follow_each_other()
    {
        await SeedAsync();

        var first = await (await Client.GetAsync("/v1/contacts?custom_field=amount&limit=2")).JsonAsync();
        var second = await (await Client.GetAsync($"/v1/contacts?custom_field=amount&limit=2&cursor={first["next_cursor"]}")).JsonAsync();

        Assert.Equal(["cid", "bob"], first["data"]!.AsArray().Select(contact => (string?)contact!["name"]));
        Assert.Equal(["ann"], second["data"]!.AsArray().Select(contact => (string?)contact!["name"]));
    }

    [Theory]
    [InlineData("number", "{\"amount\":7}", "7", null, "contact_field_values_number")]
    [InlineData("number", "{\"amount\":7}", null, "19990", "contact_field_values_number")]
    [InlineData("text", "{\"amount\":\"x\"}", "value 7", null, "contact_field_values_text")]
    [InlineData("date", "{\"amount\":\"2026-01-01\"}", "2025-12-31", null, "contact_field_values_date")]
    public async Task The_index_serves_the_services_role_under_the_policy(string type, string customFields, string? value, string? min, string index)
    {
        await (await Client.PostAsync("/v1/custom-fields", Answers.Json($$"""{"label":"Amount","type":"{{type}}"}"""))).JsonAsync(HttpStatusCode.Created);
        await CreateAsync($$"""{"phone":"+16045551234","custom_fields":{{customFields}}}""");
        await QueryAsync<int>(
            """
            WITH made AS (
                INSERT INTO contacts (workspace_id, id, version, source, created_at, updated_at)
                SELECT @Workspace, gen_random_uuid(), 1, 'api', now() - n * interval '1 minute', now() FROM generate_series(1, 20000) n RETURNING id
            ),
            indexed AS (
                INSERT INTO contact_field_values (workspace_id, field, contact_id, text, number, date)
                SELECT @Workspace, 'amount', id, 'value ' || row_number() OVER (), row_number() OVER (), '2026-01-01'::date + (row_number() OVER ())::int
                FROM made
                RETURNING 1
            )
            SELECT count(*)::int FROM indexed
            """
        );
        await QueryAsync<int?>("ANALYZE contacts, contact_field_values");

        await using var work = Begin();
        var filter = (await FieldFilter.ReadAsync(work, "amount", value, min, null, new(), TestContext.Current.CancellationToken))!;
        var plan = string.Join(
            '\n',
            await work.QueryAsync<string>(
                $"EXPLAIN SELECT c.id FROM contacts c WHERE {filter.Condition} ORDER BY c.created_at DESC, c.id DESC LIMIT 51",
                filter
            )
        );

        Assert.Contains(index, plan, StringComparison.Ordinal);
        Assert.Contains("current_setting('app.workspace_id'", plan, StringComparison.Ordinal);
    }

    private async Task SeedAsync()
    {
        foreach (
            var body in new[]
            {
                """{"label":"Words","type":"text"}""",
                """{"label":"Amount","type":"number"}""",
                """{"label":"Day","type":"date"}""",
                """{"label":"Member","type":"yes_no"}""",
                """{"label":"Topics","type":"multi_choice","choices":["A","B","C"]}""",
                """{"label":"Unused","type":"link"}""",
            }
        )
        {
            await (await Client.PostAsync("/v1/custom-fields", Answers.Json(body))).JsonAsync(HttpStatusCode.Created);
        }
        await CreateAsync(
            """
            {"phone":"+16045550001","name":"ann","tags":["VIP"],
             "custom_fields":{"words":"Hello World","amount":5.5,"day":"2026-11-23","member":true,"topics":["A","B"]}}
            """
        );
        await CreateAsync(
            """{"phone":"+16045550002","name":"bob","custom_fields":{"words":"2026-11-23","amount":600,"day":"2026-12-01","member":false,"topics":["B"]}}"""
        );
        await CreateAsync("""{"phone":"+16045550003","name":"cid","custom_fields":{"amount":0.1}}""");
        await CreateAsync("""{"phone":"+16045550004","name":"dan"}""");
    }
}
