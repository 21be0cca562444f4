using System.Net;
using System.Text.Json.Nodes;
using Messages;
using Messages.Contacts;

namespace Contacts.Tests.Duplicates;

public sealed class DuplicateTests(ContactsService service) : ContactsTests(service)
{
    private readonly HashSet<Guid> _delivered = [];

    [Fact]
    public async Task A_pair_is_found_when_a_contact_comes_and_goes_with_its_evidence()
    {
        var john = await CreateAsync("""{"phone":"+16045551234","name":"John Smith","email":"john.smith@gmail.com"}""");
        await CreateAsync("""{"phone":"+16045550000","name":"Somebody Else","email":"else@example.com"}""");
        await FindAsync();
        Assert.Empty(await DuplicatesAsync());

        var johnny = await CreateAsync("""{"phone":"+17785559999","name":"John Smith","email":"johnsmith+x@gmail.com"}""");
        await FindAsync();

        var pair = Assert.Single(await DuplicatesAsync())!;
        Assert.Equal([(string?)john["id"], (string?)johnny["id"]], pair["contacts"]!.AsArray().Select(contact => (string?)contact!["id"]));
        Assert.Equal(0.945, (double)pair["score"]!);
        Assert.Equal(["same_mailbox", "same_name"], pair["evidence"]!.AsArray().Select(evidence => (string?)evidence!["kind"]));
        Assert.Equal("open", (string?)pair["status"]);
        Assert.Empty(await DuplicatesAsync("?min_score=0.95"));
        var below = await (await Client.GetAsync($"/v1/contacts/{johnny["id"]}/duplicates")).JsonAsync();
        Assert.Equal(pair.ToJsonString(), Assert.Single(below["data"]!.AsArray())!.ToJsonString());

        await PatchAsync(johnny, """{"email":"other@example.com"}""");
        await FindAsync();
        Assert.Empty(await DuplicatesAsync());
    }

    [Fact]
    public async Task A_pair_within_one_batch_is_found_and_the_same_batch_again_changes_nothing()
    {
        await CreateAsync("""{"phone":"+16045551234","name":"John Smith"}""");
        await CreateAsync("""{"phone":"+16045551235","name":"John Smith"}""");
        var events = (await SentAsync<ContactChanged>()).ToArray();

        await DeliverAsync(events);
        var before = Assert.Single(await DuplicatesAsync())!.ToJsonString();
        await DeliverAsync([.. events.Select(e => e with { Id = Guid.CreateVersion7() })]);

        Assert.Equal(before, Assert.Single(await DuplicatesAsync())!.ToJsonString());
    }

    [Fact]
    public async Task Batches_at_once_do_not_miss_the_pairs_between_them()
    {
        var contacts = await Task.WhenAll(
            Enumerable
                .Range(0, 40)
                .Select(i => CreateAsync($$"""{"phone":"+1604555{{1000 + (i / 2 * 50) + (i % 2)}}","name":"Person {{"ABCDEFGHIJKLMNOPQRST"[i / 2]}}"}"""))
        );
        var events = (await SentAsync<ContactChanged>()).OrderBy(_ => Random.Shared.Next()).ToArray();

        await Task.WhenAll(events.Chunk(5).Select(batch => DeliverAsync(batch)));

        Assert.Equal(contacts.Length / 2, (await DuplicatesAsync("?limit=200")).Count);
    }

    /// <summary>Anybody can type any number, so nothing moves by it; that somebody did is a sign.</summary>
    [Fact]
    public async Task A_phone_that_somebody_says_is_theirs_and_another_contact_has_makes_a_pair()
    {
        var john = await CreateAsync("""{"phone":"+16045551234","name":"John Smith"}""");
        var visitor = await CreateAsync("""{"email":"j@example.com"}""");
        await FindAsync();
        Assert.Empty(await DuplicatesAsync());

        var captured = await (
            await Client.PostAsync(
                $"/v1/contacts/{visitor["id"]}/captures",
                Answers.Json("""{"details":[{"field":"phone","value":"604 555 1234","quote":"my number is 604 555 1234"}]}""")
            )
        ).JsonAsync();
        Assert.Equal("claimed", (string?)captured["data"]![0]!["outcome"]);
        await DeliverAsync([.. await SentAsync<IdentityClaimed>()]);

        var pair = Assert.Single(await DuplicatesAsync())!;
        Assert.Equal([(string?)john["id"], (string?)visitor["id"]], pair["contacts"]!.AsArray().Select(contact => (string?)contact!["id"]));
        Assert.Equal("same_line", (string?)Assert.Single(pair["evidence"]!.AsArray())!["kind"]);
        Assert.Null((string?)(await GetAsync(visitor))["phone"]);
    }

    [Fact]
    public async Task Dismissed_is_for_good_until_opened_again()
    {
        var (john, pair) = await PairAsync();

        var dismissed = await (await DecideAsync(pair, """{"status":"dismissed"}""")).JsonAsync();
        Assert.Equal("dismissed", (string?)dismissed["status"]);
        await PatchAsync(john, """{"company":"New"}""");
        await FindAsync();

        Assert.Empty(await DuplicatesAsync());
        Assert.Single(await DuplicatesAsync("?status=dismissed"));
        await (await DecideAsync(pair, """{"status":"open"}""")).JsonAsync();
        Assert.Single(await DuplicatesAsync());
    }

    [Theory]
    [InlineData("""{"status":"merged"}""", 400, "validation")]
    [InlineData("""{"status":"x"}""", 400, "validation")]
    [InlineData("""{"status":null}""", 400, "validation")]
    [InlineData("{}", 400, "validation")]
    public async Task What_is_not_right_is_refused(string patch, int status, string slug)
    {
        var (_, pair) = await PairAsync();

        await (await DecideAsync(pair, patch)).ProblemAsync(status, slug);

        Assert.Single(await DuplicatesAsync());
    }

    [Theory]
    [InlineData("?status=x")]
    [InlineData("?min_score=2")]
    [InlineData("?limit=0")]
    [InlineData("?cursor=x")]
    public async Task A_wrong_query_is_refused(string query) => await (await Client.GetAsync("/v1/duplicates" + query)).ProblemAsync(400, "validation");

    [Theory]
    [InlineData("dismissals", """{"ids":[]}""")]
    [InlineData("dismissals", "{}")]
    [InlineData("merges", """{"ids":["x"]}""")]
    [InlineData("merges", """{"ids":null}""")]
    public async Task A_wrong_list_is_refused(string what, string body) =>
        await (await Client.PostAsync($"/v1/duplicates/{what}", Answers.Json(body))).ProblemAsync(400, "validation");

    [Fact]
    public async Task Pairs_page_by_score()
    {
        for (var i = 0; i < 3; i++)
        {
            await CreateAsync($$"""{"email":"p{{i}}@example.com","name":"Person Number {{"ABC"[i]}}","company":"{{(i == 1 ? "Acme" : "")}}"}""");
            await CreateAsync(
                $$"""{"email":"p{{i}}+x@example.com","name":"{{(i == 2 ? "Quite Different" : $"Person Number {"ABC"[i]}")}}","company":"{{(i == 1 ? "Acme" : "")}}"}"""
            );
        }
        await FindAsync();

        var seen = new List<double>();
        for (string? cursor = ""; cursor is not null; )
        {
            var page = await (await Client.GetAsync($"/v1/duplicates?limit=1{cursor}")).JsonAsync();
            seen.Add((double)Assert.Single(page["data"]!.AsArray())!["score"]!);
            cursor = (string?)page["next_cursor"] is { } next ? $"&cursor={next}" : null;
        }

        Assert.Equal(3, seen.Count);
        Assert.Equal(seen.OrderDescending(), seen);
    }

    [Fact]
    public async Task Many_are_dismissed_at_once()
    {
        var (_, pair) = await PairAsync();
        var nobody = Guid.CreateVersion7();

        var answer = await (await Client.PostAsync("/v1/duplicates/dismissals", Answers.Json($$"""{"ids":["{{pair["id"]}}","{{nobody}}"]}"""))).JsonAsync();

        Assert.Equal([(string?)pair["id"]], answer["dismissed"].Texts());
        Assert.Equal([nobody.ToString()], answer["not_found"].Texts());
        Assert.Empty(await DuplicatesAsync());
    }

    [Fact]
    public async Task Many_are_merged_at_once_each_with_its_own_outcome()
    {
        var fuller = await CreateAsync("""{"email":"a+1@example.com","name":"Ann Lee","company":"Acme","phone":"+16045550001"}""");
        var older = await CreateAsync("""{"email":"b@example.com","name":"Bob Ray"}""");
        var newer = await CreateAsync("""{"email":"b+1@example.com","name":"Bob Ray"}""");
        var poorer = await CreateAsync("""{"email":"a@example.com"}""");
        await CreateAsync("""{"email":"c@example.com","name":"Cid Fox"}""");
        var shared = await CreateAsync("""{"email":"c+1@example.com","name":"Cid Fox"}""");
        await FindAsync();
        var pairs = (await DuplicatesAsync()).ToDictionary(
            pair => pair!["contacts"]!.AsArray().Select(contact => (string)contact!["id"]!).Order().First(),
            pair => (string)pair!["id"]!
        );
        Assert.Equal(3, pairs.Count);
        // The evidence of the third pair is gone before anybody looked for it again.
        var mark = await Client.PatchAsync($"/v1/contacts/{shared["id"]}/identities/email/c+1@example.com", Answers.Json("""{"is_shared":true}"""));
        Assert.Equal(HttpStatusCode.OK, mark.StatusCode);
        var body = $$"""{"ids":[{{string.Join(',', pairs.Values.Append(Guid.CreateVersion7().ToString()).Select(id => $"\"{id}\""))}}]}""";

        var outcomes = (await (await Client.PostAsync("/v1/duplicates/merges", Answers.Json(body))).JsonAsync())["data"]!.AsArray();

        Assert.Equal(4, outcomes.Count);
        Assert.Equal([(string?)fuller["id"], (string?)older["id"]], outcomes.Select(outcome => (string?)outcome!["contact_id"]).OfType<string>().Order());
        Assert.Equal(
            ["urn:contacts:problem:evidence-gone", "urn:contacts:problem:not-found"],
            outcomes.Select(outcome => (string?)outcome!["problem"]?["type"]).OfType<string>().Order()
        );
        Assert.Equal(4, (await ListAsync()).Count);
        Assert.Equal(2, (await DuplicatesAsync("?status=merged")).Count);
        using var client = CreateRawClient();
        await (await client.GetAsync($"/v1/contacts/{poorer["id"]}/duplicates")).ProblemAsync(308, "contact-merged");
        await (await client.GetAsync($"/v1/contacts/{newer["id"]}")).ProblemAsync(308, "contact-merged");
    }

    [Fact]
    public async Task An_undone_merge_dismisses_its_pair_and_dismissals_follow_a_merge()
    {
        var (john, pair) = await PairAsync();
        var third = await CreateAsync("""{"email":"john+third@example.com","name":"John Smith"}""");
        await FindAsync();
        var johnny = pair["contacts"]!.AsArray().Single(contact => (string)contact!["id"]! != (string)john["id"]!)!;
        var other = (await DuplicatesAsync($"?contact_id={third["id"]}")).Single(open =>
            open!["contacts"]!.AsArray().Any(contact => (string)contact!["id"]! == (string)johnny["id"]!)
        )!;
        await DecideAsync(other, """{"status":"dismissed"}""");

        var merged = await Client.PostAsync("/v1/merges", Answers.Json($$"""{"survivor_id":"{{john["id"]}}","absorbed_id":"{{johnny["id"]}}"}"""));
        var mergeId = (string)(await merged.JsonAsync(HttpStatusCode.Created))["id"]!;
        await FindAsync();

        Assert.Empty(await DuplicatesAsync());
        Assert.Equal((string?)pair["id"], (string?)Assert.Single(await DuplicatesAsync("?status=merged"))!["id"]);
        await (await DecideAsync(pair, """{"status":"dismissed"}""")).ProblemAsync(409, "duplicate-merged");
        await (await Client.DeleteAsync($"/v1/merges/{mergeId}")).JsonAsync();
        await FindAsync();
        Assert.Empty(await DuplicatesAsync());
        Assert.Contains((string?)pair["id"], (await DuplicatesAsync("?status=dismissed")).Select(dismissed => (string?)dismissed!["id"]));
    }

    [Fact]
    public async Task What_more_than_fifty_share_shows_nothing_and_shows_again_when_fewer_do()
    {
        var contacts = await Task.WhenAll(
            Enumerable.Range(0, 50).Select(i => CreateAsync($$"""{"email":"front.desk+{{i}}@example.com","name":"John Smith","company":"Acme"}"""))
        );
        await FindAsync();
        Assert.Equal(49, (await DuplicatesAsync($"?limit=200&contact_id={contacts[0]["id"]}")).Count);

        var last = await CreateAsync("""{"email":"front.desk+last@example.com","name":"John Smith","company":"Acme"}""");
        await FindAsync();
        Assert.Empty(await DuplicatesAsync());

        await PatchAsync(last, """{"email":"own@example.com"}""");
        await PatchAsync(contacts[0], """{"company":"Other"}""");
        await FindAsync();
        Assert.Equal(49, (await DuplicatesAsync($"?limit=200&contact_id={contacts[0]["id"]}")).Count);
    }

    [Fact]
    public async Task A_deleted_contact_takes_its_pairs_along()
    {
        var (john, _) = await PairAsync();

        await Client.DeleteAsync($"/v1/contacts/{john["id"]}");

        Assert.Empty(await DuplicatesAsync());
    }

    private async Task<(JsonNode John, JsonNode Pair)> PairAsync()
    {
        var john = await CreateAsync("""{"email":"john@example.com","name":"John Smith"}""");
        await CreateAsync("""{"email":"john+x@example.com","name":"John Smith"}""");
        await FindAsync();
        return (john, Assert.Single(await DuplicatesAsync())!);
    }

    private Task<HttpResponseMessage> DecideAsync(JsonNode pair, string json) => Client.PatchAsync($"/v1/duplicates/{pair["id"]}", Answers.Json(json));

    /// <summary>Delivers what the service has told of since the last time, as the broker would.</summary>
    private async Task FindAsync() => await DeliverAsync([.. (await SentAsync<ContactChanged>()).Where(e => _delivered.Add(e.Id))]);

    private async Task<JsonArray> DuplicatesAsync(string query = "") =>
        (await (await Client.GetAsync("/v1/duplicates" + query)).JsonAsync())["data"]!.AsArray();
}
