using System.Net;
using System.Text.Json.Nodes;
using Messages.CommunicationsIngest;
using Messages.Contacts;
using ServiceDefaults.Postgres;
using Testing;

namespace Contacts.Tests.Erasures;

public sealed class RequestErasureTests(ContactsService service) : ContactsTests(service)
{
    private const string Phone = "+16045551234";

    [Fact]
    public async Task The_contact_goes_and_conversations_are_told_to()
    {
        var contact = await CreateAsync("""{"phone":"+16045551234","email":"john@example.com","name":"John"}""");

        var answer = await Client.PostAsync("/v1/erasures", Answers.Json($$"""{"contact_id":"{{contact["id"]}}","reason":"person_request"}"""));

        var erasure = await answer.JsonAsync(HttpStatusCode.Created);
        Assert.Equal($"/v1/erasures/{erasure["id"]}", answer.Headers.Location?.ToString());
        Assert.Equal("pending", (string?)erasure["state"]);
        Assert.Equal(2, (int)erasure["identities"]!);
        Assert.Equal("person_request", (string?)erasure["reason"]);
        Assert.Equal("test-actor", (string?)erasure["requested_by"]!["id"]);
        await (await Client.GetAsync($"/v1/contacts/{contact["id"]}")).ProblemAsync(404, "not-found");
        Assert.Equal(new ContactDeleted((Guid)contact["id"]!, 2, IsErased: true), Assert.Single(await SentAsync<ContactDeleted>()).Data);
        var erased = Assert.Single(await SentAsync<ContactErased>()).Data;
        Assert.Equal((Guid)erasure["id"]!, erased.ErasureId);
        Assert.Equal([(Guid)contact["id"]!], erased.ContactIds);
        Assert.Equal(
            ["john@example.com", Phone],
            erased.Identities.OrderBy(identity => identity.Kind == IdentityKind.Phone).Select(identity => identity.Value)
        );
    }

    [Fact]
    public async Task It_is_done_when_the_conversations_are()
    {
        var erasure = await EraseAsync(await CreateAsync("""{"phone":"+16045551234"}"""));

        await DeliverAsync(Happened.In(Workspace, new ConversationsErased((Guid)erasure["id"]!, 3)));
        await DeliverAsync(Happened.In(Workspace, new ConversationsErased((Guid)erasure["id"]!, 0)));

        var done = await (await Client.GetAsync($"/v1/erasures/{erasure["id"]}")).JsonAsync();
        Assert.Equal("done", (string?)done["state"]);
        Assert.Equal(3, (int)done["conversations"]!);
        var listed = await (await Client.GetAsync("/v1/erasures")).JsonAsync();
        Assert.Equal(done.ToJsonString(), Assert.Single(listed["data"]!.AsArray())!.ToJsonString());
    }

    [Theory]
    [InlineData("POST", "/v1/contacts", """{"phone":"604-555-1234"}""", "phone")]
    [InlineData("POST", "/v1/contacts", """{"phone":"+16045559999","email":"John@Example.com"}""", "email")]
    [InlineData("POST", "/functions/v1/create-contact", """{"phone":"604-555-1234"}""", "phone")]
    [InlineData("PATCH", "/v1/contacts/{other}", """{"phone":"604-555-1234"}""", "phone")]
    [InlineData("PATCH", "/v1/contacts/{other}", """{"emails":["john@example.com"]}""", "email")]
    [InlineData("POST", "/v1/contacts/{other}/identities", """{"kind":"phone","value":"604-555-1234"}""", "phone")]
    [InlineData("POST", "/functions/v1/update-contact", """{"contact_id":"{other}","phone":"604-555-1234"}""", "phone")]
    public async Task Nobody_makes_the_person_again(string method, string path, string body, string field)
    {
        await EraseAsync(await CreateAsync("""{"phone":"+16045551234","email":"john@example.com","name":"John"}"""));
        var other = (await CreateAsync("""{"phone":"+16045557777"}"""))["id"]!.ToString();
        using var request = new HttpRequestMessage(new(method), path.Replace("{other}", other, StringComparison.Ordinal))
        {
            Content = Answers.Json(body.Replace("{other}", other, StringComparison.Ordinal)),
        };

        var problem = await (await Client.SendAsync(request)).ProblemAsync(409, "erased");

        Assert.Equal([field], problem["errors"]!.AsObject().Select(error => error.Key));
        Assert.DoesNotContain("john", problem.ToJsonString(), StringComparison.OrdinalIgnoreCase);
        Assert.Null(problem["contact_id"]);
        var left = Assert.Single(await ListAsync())!;
        Assert.Equal("+16045557777", (string?)left["phone"]);
    }

    [Fact]
    public async Task A_batch_leaves_the_person_out_and_takes_the_others()
    {
        await EraseAsync(await CreateAsync("""{"phone":"+16045551234"}"""));

        var batch = await Client.PostAsync("/v1/contacts/batch", Answers.Json("""{"contacts":[{"phone":"604-555-1234"},{"phone":"+16045557777"}]}"""));

        var results = (await batch.JsonAsync())["results"]!.AsArray();
        Assert.Equal(["failed", "created"], results.Select(result => (string?)result!["status"]));
        Assert.EndsWith(":erased", (string?)results[0]!["problem"]!["type"], StringComparison.Ordinal);
        Assert.Equal("+16045557777", (string?)Assert.Single(await ListAsync())!["phone"]);
    }

    [Fact]
    public async Task Another_workspace_is_not_concerned()
    {
        await EraseAsync(await CreateAsync("""{"phone":"+16045551234"}"""));
        using var other = CreateClient(Guid.CreateVersion7());

        Assert.Equal(HttpStatusCode.Created, (await other.PostAsync("/v1/contacts", Answers.Json("""{"phone":"+16045551234"}"""))).StatusCode);
    }

    [Fact]
    public async Task Who_gets_in_touch_is_a_new_contact_and_may_be_kept_again()
    {
        var contact = await CreateAsync("""{"phone":"+16045551234","name":"John"}""");
        await EraseAsync(contact);

        await DeliverAsync(Interaction(Phone));

        var back = Assert.Single(await ListAsync())!;
        Assert.NotEqual(contact["id"]!.ToString(), back["id"]!.ToString());
        Assert.Null(back["name"]);
        await Client.DeleteAsync($"/v1/contacts/{back["id"]}");
        await CreateAsync("""{"phone":"+16045551234"}""");
    }

    [Fact]
    public async Task What_was_on_its_way_brings_nobody_back()
    {
        var before = TimeProvider.System.GetUtcNow();
        await EraseAsync(await CreateAsync("""{"phone":"+16045551234"}"""));

        await DeliverAsync(Interaction(Phone, at: before), Interaction("+16045557777", at: before));

        Assert.Equal("+16045557777", (string?)Assert.Single(await ListAsync())!["phone"]);
        await (await Client.PostAsync("/v1/contacts", Answers.Json("""{"phone":"+16045551234"}"""))).ProblemAsync(409, "erased");
    }

    [Fact]
    public async Task What_we_say_to_an_erased_number_brings_nobody_back()
    {
        await EraseAsync(await CreateAsync("""{"phone":"+16045551234"}"""));
        var outbound = Interaction(Phone);
        outbound = outbound with { Data = outbound.Data with { Direction = Direction.Outbound } };

        await DeliverAsync(outbound);

        Assert.Empty(await ListAsync());
        await (await Client.PostAsync("/v1/contacts", Answers.Json("""{"phone":"+16045551234"}"""))).ProblemAsync(409, "erased");
    }

    [Fact]
    public async Task A_number_typed_into_a_chat_form_does_not_bring_its_person_back()
    {
        await EraseAsync(await CreateAsync("""{"phone":"+16045551234","email":"john@example.com"}"""));

        await DeliverAsync(
            Interaction(null, Channel.Chat, participant: new(IdentityKind.ChatVisitor, "visitor-1", "Jane", "john@example.com", Phone)),
            Interaction(null, Channel.Chat, participant: new(IdentityKind.ChatVisitor, "visitor-2", "Joe", "joe@example.com"))
        );

        var contacts = await ListAsync();
        Assert.Equal([null, "joe@example.com"], contacts.Select(contact => (string?)contact!["email"]).Order());
        Assert.All(contacts, contact => Assert.Null(contact!["phone"]));
    }

    [Fact]
    public async Task A_number_that_no_contact_has_any_more_is_erased_too()
    {
        var contact = await CreateAsync("""{"phone":"+16045551234"}""");
        await Client.DeleteAsync($"/v1/contacts/{contact["id"]}");

        var erasure = await (await Client.PostAsync("/v1/erasures", Answers.Json("""{"phone":"(604) 555-1234"}"""))).JsonAsync(HttpStatusCode.Created);

        Assert.Null(erasure["contact_id"]);
        var erased = Assert.Single(await SentAsync<ContactErased>()).Data;
        Assert.Empty(erased.ContactIds);
        Assert.Equal(Phone, Assert.Single(erased.Identities).Value);
        await (await Client.PostAsync("/v1/contacts", Answers.Json("""{"phone":"+16045551234"}"""))).ProblemAsync(409, "erased");
    }

    [Fact]
    public async Task A_contact_is_found_by_its_number()
    {
        var contact = await CreateAsync("""{"phone":"+16045551234","email":"john@example.com"}""");

        var erasure = await (await Client.PostAsync("/v1/erasures", Answers.Json("""{"email":"John@example.com"}"""))).JsonAsync(HttpStatusCode.Created);

        Assert.Equal(contact["id"]!.ToString(), erasure["contact_id"]!.ToString());
        Assert.Empty(await ListAsync());
        await (await Client.PostAsync("/v1/contacts", Answers.Json("""{"phone":"+16045551234"}"""))).ProblemAsync(409, "erased");
    }

    [Theory]
    [InlineData("{}", "validation")]
    [InlineData("""{"phone":"+16045551234","email":"john@example.com"}""", "validation")]
    [InlineData("""{"phone":"12"}""", "invalid-phone")]
    [InlineData("""{"email":"x"}""", "invalid-email")]
    [InlineData("""{"phone":" "}""", "validation")]
    [InlineData("""{"phone":"+16045551234","reason":"because"}""", "validation")]
    public async Task What_names_nobody_is_refused(string body, string slug) =>
        await (await Client.PostAsync("/v1/erasures", Answers.Json(body))).ProblemAsync(400, slug);

    [Fact]
    public async Task Only_for_those_who_answer_for_the_workspace()
    {
        var contact = await CreateAsync("""{"phone":"+16045551234"}""");
        using var writer = CreateClient(ServiceDefaults.Authentication.Scopes.ContactsWrite, ServiceDefaults.Authentication.Scopes.ConversationsWrite);
        using var stranger = CreateClient(Guid.CreateVersion7());

        await (await writer.PostAsync("/v1/erasures", Answers.Json($$"""{"contact_id":"{{contact["id"]}}"}"""))).ProblemAsync(403, "forbidden");
        await (await writer.GetAsync("/v1/erasures")).ProblemAsync(403, "forbidden");
        await (await stranger.PostAsync("/v1/erasures", Answers.Json($$"""{"contact_id":"{{contact["id"]}}"}"""))).ProblemAsync(404, "not-found");
        Assert.Single(await ListAsync());
        var erasure = await EraseAsync(contact);
        await (await stranger.GetAsync($"/v1/erasures/{erasure["id"]}")).ProblemAsync(404, "not-found");
        Assert.Empty((await (await stranger.GetAsync("/v1/erasures")).JsonAsync())["data"]!.AsArray());
    }

    [Fact]
    public async Task Pages_of_erasures_follow_each_other()
    {
        for (var number = 0; number < 3; number++)
        {
            await EraseAsync(await CreateAsync($$"""{"phone":"+1604555123{{number}}"}"""));
        }

        var first = await (await Client.GetAsync("/v1/erasures?limit=2")).JsonAsync();
        var second = await (await Client.GetAsync($"/v1/erasures?limit=2&cursor={first["next_cursor"]}")).JsonAsync();

        Assert.Equal(3, first["data"]!.AsArray().Concat(second["data"]!.AsArray()).DistinctBy(erasure => erasure!["id"]!.ToString()).Count());
        Assert.Null(second["next_cursor"]);
    }

    [Fact]
    public async Task Whoever_races_with_the_erasure_does_not_get_the_number()
    {
        for (var round = 0; round < 10; round++)
        {
            var phone = $"+1604555{2000 + round}";
            var contact = await CreateAsync($$"""{"phone":"{{phone}}"}""");

            var erasing = Client.PostAsync("/v1/erasures", Answers.Json($$"""{"contact_id":"{{contact["id"]}}"}"""));
            var creating = Enumerable.Range(0, 5).Select(_ => Client.PostAsync("/v1/contacts", Answers.Json($$"""{"phone":"{{phone}}"}""")));
            await Task.WhenAll(creating.Append(erasing));

            Assert.Empty(await ListAsync($"?phone={Uri.EscapeDataString(phone)}"));
        }
    }

    [Theory]
    [InlineData("SELECT is_erased FROM forgotten_identities WHERE hash = ANY ('{x,y}'::bytea[])", "forgotten_identities_pkey")]
    [InlineData("SELECT id FROM erasures ORDER BY requested_at DESC, id DESC LIMIT 50", "erasures_latest")]
    public async Task Look_ups_have_their_index_under_row_level_security(string sql, string index)
    {
        await using var work = Service<Database>().Begin(Workspace);
        await work.ExecuteAsync("SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off", cancellationToken: TestContext.Current.CancellationToken);

        var plan = await work.QueryAsync<string>("EXPLAIN " + sql, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Contains(plan, line => line.Contains(index, StringComparison.Ordinal));
        Assert.Equal(
            sql.Contains("hash", StringComparison.Ordinal),
            plan.Any(line => line.Contains("Index Cond", StringComparison.Ordinal) && line.Contains("hash = ANY", StringComparison.Ordinal))
        );
    }

    private async Task<JsonNode> EraseAsync(JsonNode contact) =>
        await (await Client.PostAsync("/v1/erasures", Answers.Json($$"""{"contact_id":"{{contact["id"]}}"}"""))).JsonAsync(HttpStatusCode.Created);
}
