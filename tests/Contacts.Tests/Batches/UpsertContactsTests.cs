using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Messages.Contacts;

namespace Contacts.Tests.Batches;

public sealed class UpsertContactsTests(ContactsService service) : ContactsTests(service)
{
    [Fact]
    public async Task New_rows_are_made_known_ones_changed_and_repeating_the_batch_changes_nothing()
    {
        var known = await CreateAsync("""{"phone":"+16045551001","name":"John Smith","tags":["VIP"]}""");
        const string Rows = """
            {"phone":"(604) 555-1001","company":"Acme","tags":["Lead"]},
            {"email":"New@Example.com","name":"New One"},
            {"phone":"+16045551003","emails":["a@example.com","b@example.com"]}
            """;

        var first = await UpsertAsync(Rows);
        var second = await UpsertAsync(Rows);

        Assert.Equal(["updated", "created", "created"], StatusesOf(first));
        Assert.Equal([2, 1, 1], first["results"]!.AsArray().Select(row => (int)row!["version"]!));
        Assert.Equal([1, 2, 0, 0], new[] { "updated", "created", "unchanged", "failed" }.Select(status => (int)first[status]!));
        Assert.Equal(["unchanged", "unchanged", "unchanged"], StatusesOf(second));
        Assert.Equal(IdsOf(first), IdsOf(second));
        Assert.Equal((string?)known["id"], IdsOf(first)[0]);
        var john = await GetAsync(known);
        Assert.Equal("Acme", (string?)john["company"]);
        Assert.Equal("John Smith", (string?)john["name"]);
        Assert.Equal(["Lead", "VIP"], john["tags"].Texts());
        Assert.Equal(3, (await ListAsync()).Count);
        Assert.Equal(4, (await SentAsync<ContactChanged>()).Count);
    }

    [Fact]
    public async Task A_row_that_fails_takes_no_other_with_it()
    {
        var optedIn = await CreateAsync("""{"phone":"+16045551001"}""");
        var other = await CreateAsync("""{"email":"other@example.com"}""");

        var answer = await UpsertAsync(
            """
            {"phone":"+16045551002"},
            {"phone":"nonsense"},
            {"name":"Nobody"},
            {"phone":"+16045551001","tags":["opt-out"]},
            {"phone":"+16045551001","email":"other@example.com"},
            {"phone":"+16045551001","email":"other@example.com","match_by":["phone"]},
            {"phone":"+16045551003","phones":["+16045551004"]},
            null,
            {"email":"last@example.com"}
            """
        );

        Assert.Equal(["created", "failed", "failed", "failed", "failed", "failed", "failed", "failed", "created"], StatusesOf(answer));
        Assert.Equal(
            ["", "invalid-phone", "identity-required", "opt-out-protected", "ambiguous-identity", "contact-exists", "validation", "validation", ""],
            answer["results"]!.AsArray().Select(row => ((string?)row!["problem"]?["type"] ?? "").Split(':')[^1])
        );
        var problems = answer["results"]!.AsArray().Select(row => row!["problem"]).ToList();
        Assert.Contains("phone", problems[1]!["errors"]!.AsObject().Select(error => error.Key));
        Assert.Equal([(string)optedIn["id"]!, (string)other["id"]!], problems[4]!["contact_ids"].Texts());
        Assert.Equal((string?)other["id"], (string?)problems[5]!["contact_id"]);
        Assert.Equal(1, (int)(await GetAsync(optedIn))["version"]!);
        Assert.Equal(4, (await ListAsync()).Count);
    }

    [Fact]
    public async Task Rows_that_name_the_same_contact_are_applied_in_their_order()
    {
        var answer = await UpsertAsync(
            """
            {"phone":"+16045551001","name":"First","company":"A"},
            {"phone":"+16045551001","email":"x@example.com","company":"B"},
            {"email":"x@example.com","company":"C","notes":"n"},
            {"email":"x@example.com","company":"C"}
            """
        );

        Assert.Equal(["created", "updated", "updated", "unchanged"], StatusesOf(answer));
        Assert.Single(IdsOf(answer).Distinct());
        var contact = Assert.Single(await ListAsync())!;
        Assert.Equal(
            ("First", "C", "n", "x@example.com", 1),
            ((string?)contact["name"], (string?)contact["company"], (string?)contact["notes"], (string?)contact["email"], (int)contact["version"]!)
        );
    }

    [Fact]
    public async Task Identities_are_added_and_never_taken_and_the_given_one_becomes_primary()
    {
        var contact = await CreateAsync("""{"phones":["+16045551001","+16045551002"],"email":"a@example.com"}""");

        await UpsertAsync("""{"email":"a@example.com","phone":"+16045551003"}""");
        Assert.Equal(["+16045551003", "+16045551001", "+16045551002"], (await GetAsync(contact))["phones"].Texts());
        await UpsertAsync("""{"email":"a@example.com","phone":null}""");
        Assert.Equal(["+16045551003", "+16045551001", "+16045551002"], (await GetAsync(contact))["phones"].Texts());
        await UpsertAsync("""{"email":"b@example.com","phone":"+16045551002"}""", """,{"mode":"fill"}""");

        var after = await GetAsync(contact);
        Assert.Equal(["+16045551003", "+16045551001", "+16045551002"], after["phones"].Texts());
        Assert.Equal(["a@example.com", "b@example.com"], after["emails"].Texts());
    }

    [Fact]
    public async Task Filling_overwrites_nothing()
    {
        var contact = await CreateAsync("""{"phone":"+16045551001","name":"John","company":"Acme","tags":["VIP"]}""");

        var answer = await UpsertAsync(
            """
            {"phone":"+16045551001","name":"Johnny","company":null,"notes":"New","tags":["Lead"]},
            {"phone":"+16045551001","notes":"Newer"}
            """,
            """,{"mode":"fill"}"""
        );

        Assert.Equal(["updated", "unchanged"], StatusesOf(answer));
        var after = await GetAsync(contact);
        Assert.Equal(("John", "Acme", "New"), ((string?)after["name"], (string?)after["company"], (string?)after["notes"]));
        Assert.Equal(["Lead", "VIP"], after["tags"].Texts());
    }

    [Fact]
    public async Task Custom_fields_are_checked_and_filled_like_others()
    {
        await (await Client.PostAsync("/v1/custom-fields", Answers.Json("""{"label":"Size","type":"number"}"""))).JsonAsync(HttpStatusCode.Created);
        await (await Client.PostAsync("/v1/custom-fields", Answers.Json("""{"label":"Plan","type":"text"}"""))).JsonAsync(HttpStatusCode.Created);
        var contact = await CreateAsync("""{"phone":"+16045551001","custom_fields":{"size":5}}""");

        var answer = await UpsertAsync(
            """
            {"phone":"+16045551001","custom_fields":{"size":6,"plan":"Gold"}},
            {"phone":"+16045551002","custom_fields":{"size":"6"}},
            {"phone":"+16045551003","custom_fields":{"size":7}}
            """,
            """,{"mode":"fill"}"""
        );

        Assert.Equal(["updated", "failed", "created"], StatusesOf(answer));
        Assert.Equal("""{"plan":"Gold","size":5}""", (await GetAsync(contact))["custom_fields"]!.ToJsonString());
        Assert.Single(await ListAsync("?custom_field=size&min=6"));
    }

    [Fact]
    public async Task A_row_is_recognised_by_what_another_system_calls_its_contact()
    {
        var contact = await CreateAsync("""{"phone":"+16045551001","external_ids":["hubspot:7"]}""");

        var answer = await UpsertAsync("""{"external_ids":["HubSpot:7"],"phone":"+16045551002","language":"fr-CA"}""", """,{"source":"crm"}""");

        Assert.Equal(["updated"], StatusesOf(answer));
        var after = await GetAsync(contact);
        Assert.Equal(["+16045551002", "+16045551001"], after["phones"].Texts());
        Assert.Equal("fr-CA", (string?)after["language"]);
    }

    [Fact]
    public async Task A_shared_identity_does_not_outweigh_one_that_is_not()
    {
        var family = await CreateAsync("""{"phone":"+16045551001","name":"Parent"}""");
        var shared = await Client.PostAsync(
            $"/v1/contacts/{family["id"]}/identities",
            Answers.Json("""{"kind":"phone","value":"+16045551009","is_shared":true}""")
        );
        Assert.True(shared.IsSuccessStatusCode, await shared.Content.ReadAsStringAsync());
        var child = await CreateAsync("""{"email":"child@example.com"}""");

        var answer = await UpsertAsync("""{"phone":"+16045551009","email":"child@example.com","name":"Child"},{"phone":"+16045551009","company":"Family"}""");

        Assert.Equal(["updated", "updated"], StatusesOf(answer));
        Assert.Equal([(string)child["id"]!, (string)family["id"]!], IdsOf(answer));
        Assert.Empty((await GetAsync(child))["phones"]!.AsArray());
        Assert.Equal(("Parent", "Family"), ((string?)(await GetAsync(family))["name"], (string?)(await GetAsync(family))["company"]));
    }

    [Fact]
    public async Task Tags_can_be_replaced()
    {
        var contact = await CreateAsync("""{"phone":"+16045551001","tags":["VIP","Lead"]}""");

        await UpsertAsync("""{"phone":"+16045551001","tags":["Customer"]},{"phone":"+16045551001","company":"Acme"}""", """,{"tags_mode":"replace"}""");

        Assert.Equal(["Customer"], (await GetAsync(contact))["tags"].Texts());
    }

    [Fact]
    public async Task The_source_is_kept()
    {
        await UpsertAsync("""{"phone":"+16045551001","import_row":7}""", """,{"source":"import","import_id":"june"}""");

        Assert.Equal("import", (string?)Assert.Single(await ListAsync())!["source"]);
        Assert.Equal(Messages.ActorKind.Import, Assert.Single(await SentAsync<ContactChanged>()).Actor.Kind);
    }

    public static readonly TheoryData<string, string> BadRequests = new()
    {
        { """{"contacts":[]}""", "contacts" },
        { "{}", "contacts" },
        { """{"contacts":null}""", "contacts" },
        { """{"contacts":[{"phone":5}]}""", "phone" },
        { """{"contacts":[{"phone":"+16045551001","nmae":"x"}]}""", "nmae" },
        { """{"contacts":[{"phone":"+16045551001"}],"source":"person"}""", "source" },
        { """{"contacts":[{"phone":"+16045551001"}],"mode":"clear"}""", "mode" },
        { """{"contacts":[{"phone":"+16045551001"}],"mode":"fill","tags_mode":"replace"}""", "tags_mode" },
        { """{"contacts":[{"phone":"+16045551001","import_row":0}]}""", "import_row" },
        { """{"contacts":[{"phone":"+16045551001","match_by":["name"]}]}""", "match_by" },
        { $$"""{"contacts":[{"phone":"+16045551001"}],"import_id":"{{new string('x', 101)}}"}""", "import_id" },
        { $$"""{"contacts":[{{string.Join(',', Enumerable.Repeat("{\"phone\":\"+16045551001\"}", 1_001))}}]}""", "contacts" },
    };

    [Theory]
    [MemberData(nameof(BadRequests))]
    public async Task What_is_not_right_as_a_whole_is_refused(string body, string field)
    {
        var problem = await (await Client.PostAsync("/v1/contacts/batch", Answers.Json(body))).ProblemAsync(400, "validation");

        Assert.Contains(field, problem.ToJsonString(), StringComparison.Ordinal);
        Assert.Empty(await ListAsync());
    }

    [Fact]
    public async Task A_thousand_rows_with_the_same_identities_by_many_at_once_make_each_contact_once()
    {
        var rows = string.Join(
            ',',
            Enumerable.Range(0, 1_000).Select(i => $$"""{"phone":"+1604555{{i:0000}}","email":"p{{i}}@example.com","name":"P {{i}}"}""")
        );
        var reversed = string.Join(',', Enumerable.Range(0, 1_000).Reverse().Select(i => $$"""{"email":"p{{i}}@example.com","company":"C {{i}}"}"""));

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => UpsertAsync(i % 2 == 0 ? rows : reversed)));

        Assert.All(answers, answer => Assert.Equal(0, (int)answer["failed"]!));
        Assert.Equal(1_000, answers.SelectMany(IdsOf).Distinct().Count());
        Assert.Equal(1_000, answers.Sum(answer => (int)answer["created"]!));
        var sent = (await SentAsync<ContactChanged>()).GroupBy(e => e.Data.Contact.Id).ToList();
        Assert.All(sent, contact => Assert.Equal(Enumerable.Range(1, contact.Count()), contact.Select(e => (int)e.Data.Contact.Version).Order()));
        Assert.All(sent, contact => Assert.NotNull(contact.MaxBy(e => e.Data.Contact.Version)!.Data.Contact.Company));
        Assert.All(sent, contact => Assert.NotNull(contact.MaxBy(e => e.Data.Contact.Version)!.Data.Contact.Name));
    }

    [Fact]
    public async Task More_tags_than_a_workspace_may_have_fail_the_rows_that_bring_them()
    {
        var tags = string.Join(
            ',',
            Enumerable
                .Range(0, 21)
                .Select(r => $$"""{"phone":"+16045551{{r:000}}","tags":[{{string.Join(',', Enumerable.Range(0, 50).Select(t => $"\"t {r} {t}\""))}}]}""")
        );

        var answer = await UpsertAsync(tags + """,{"phone":"+16045552000","tags":["VIP"]}""");

        Assert.Equal("created", StatusesOf(answer)[^1]);
        Assert.Equal(2, (int)answer["failed"]!);
        Assert.All(
            answer["results"]!.AsArray().Where(row => (string?)row!["status"] == "failed"),
            row => Assert.EndsWith("too-many-tags", (string?)row!["problem"]!["type"], StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task An_idempotency_key_gives_the_first_answer_again()
    {
        var first = await SendAsync("k1", """{"phone":"+16045551001"}""");
        var replay = await SendAsync("k1", """{"phone":"+16045551001"}""");
        var other = await SendAsync("k1", """{"phone":"+16045551002"}""");

        Assert.Equal("created", StatusesOf(await first.JsonAsync())[0]);
        Assert.Equal(await first.Content.ReadAsStringAsync(), await replay.Content.ReadAsStringAsync());
        await other.ProblemAsync(422, "idempotency-key-reused");
        Assert.Single(await ListAsync());
    }

    [Fact]
    public async Task Many_batches_with_idempotency_keys_at_once_do_not_starve_each_other()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => SendAsync($"key {i}", $$"""{"phone":"+16045551{{i:000}}"}""")));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
    }

    [Fact]
    public async Task It_takes_the_scope_to_write()
    {
        using var reader = CreateClient("contacts:read");

        await (await reader.PostAsync("/v1/contacts/batch", Answers.Json("""{"contacts":[{"phone":"+16045551001"}]}"""))).ProblemAsync(403, "forbidden");
    }

    [Fact]
    public async Task Another_workspace_has_contacts_of_its_own_with_the_same_phone()
    {
        await CreateAsync("""{"phone":"+16045551001","name":"Ours"}""");
        using var others = CreateClient(Guid.CreateVersion7());

        var answer = await (
            await others.PostAsync("/v1/contacts/batch", Answers.Json("""{"contacts":[{"phone":"+16045551001","name":"Theirs"}]}"""))
        ).JsonAsync();

        Assert.Equal(["created"], StatusesOf(answer));
        Assert.Equal("Ours", (string?)Assert.Single(await ListAsync())!["name"]);
    }

    /// <param name="options">More members of the request, as an object after a comma.</param>
    private async Task<JsonNode> UpsertAsync(string rows, string options = "")
    {
        var body = options.Length == 0 ? $$"""{"contacts":[{{rows}}]}""" : $$"""{"contacts":[{{rows}}],{{options[2..]}}""";
        return await (await Client.PostAsync("/v1/contacts/batch", Answers.Json(body))).JsonAsync();
    }

    private Task<HttpResponseMessage> SendAsync(string key, string rows)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/v1/contacts/batch")
        {
            Content = new StringContent($$"""{"contacts":[{{rows}}]}""", Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("Idempotency-Key", key);
        return Client.SendAsync(request);
    }

    private static string[] StatusesOf(JsonNode answer) => [.. answer["results"]!.AsArray().Select(row => (string)row!["status"]!)];

    private static string[] IdsOf(JsonNode answer) => [.. answer["results"]!.AsArray().Select(row => (string?)row!["contact_id"]).OfType<string>()];
}
