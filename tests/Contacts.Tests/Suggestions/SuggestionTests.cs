using System.Text.Json.Nodes;
using static Contacts.Tests.Captures.Said;

namespace Contacts.Tests.Suggestions;

public sealed class SuggestionTests(ContactsService service) : ContactsTests(service)
{
    private const string Phone = "+16045551234";
    private static readonly Guid Call = Guid.CreateVersion7();

    [Fact]
    public async Task Accepting_writes_the_value_as_the_persons_own()
    {
        var contact = await CreateAsync("""{"phone":"+16045551234","company":"Acme"}""");
        await DeliverAsync(By(Workspace, Phone, Noon, Call, ("company", "Acme Corp")));
        var suggestion = Assert.Single(await SuggestionsAsync())!;

        var accepted = await (await DecideAsync(suggestion, "accepted")).JsonAsync();

        Assert.Equal(("accepted", "Acme Corp"), ((string?)accepted["status"], (string?)accepted["current"]));
        Assert.Equal("Acme Corp", (string?)(await GetAsync(contact))["company"]);
        var entry = (await (await Client.GetAsync($"/v1/contacts/{contact["id"]}/history")).JsonAsync())["data"]![0]!;
        Assert.Equal(("suggestion_accepted", "api"), ((string?)entry["kind"], (string?)entry["source"]));
        Assert.Equal((string?)suggestion["id"], (string?)entry["evidence"]!["suggestion_id"]);
        Assert.Equal("it is Acme Corp", (string?)entry["evidence"]!["quote"]);
        Assert.Empty(await SuggestionsAsync());
        Assert.Single(await SuggestionsAsync("?status=accepted"));
        await (await DecideAsync(suggestion, "accepted")).JsonAsync();
        Assert.Equal(2, (int)(await GetAsync(contact))["version"]!);
        await (await DecideAsync(suggestion, "rejected")).ProblemAsync(409, "suggestion-decided");
    }

    [Fact]
    public async Task What_was_rejected_is_not_suggested_again()
    {
        await CreateAsync("""{"phone":"+16045551234","company":"Acme"}""");
        await DeliverAsync(By(Workspace, Phone, Noon, Call, ("company", "Beta")));
        await (await DecideAsync(Assert.Single(await SuggestionsAsync())!, "rejected")).JsonAsync();

        await DeliverAsync(By(Workspace, Phone, Noon.AddDays(1), Call, ("company", "BETA")));

        Assert.Empty(await SuggestionsAsync());
        Assert.Single(await SuggestionsAsync("?status=rejected"));
    }

    [Fact]
    public async Task Equal_suggestions_are_one_with_the_newest_evidence()
    {
        await CreateAsync("""{"phone":"+16045551234","company":"Acme"}""");

        await DeliverAsync(By(Workspace, Phone, Noon.AddDays(1), Call, ("company", "BETA")));
        await DeliverAsync(By(Workspace, Phone, Noon, Call, ("company", "Beta")));

        var suggestion = Assert.Single(await SuggestionsAsync())!;
        Assert.Equal("it is BETA", (string?)suggestion["evidence"]!["quote"]);
        Assert.Equal(Noon.AddDays(1), (DateTimeOffset)suggestion["said_at"]!);
    }

    [Fact]
    public async Task One_closes_by_itself_when_the_field_comes_to_have_the_value()
    {
        var contact = await CreateAsync("""{"phone":"+16045551234","name":"John","company":"Acme"}""");
        await DeliverAsync(By(Workspace, Phone, Noon, Call, ("company", "Beta"), ("email", "j@example.com"), ("name", "John Smith")));
        Assert.Equal(["company", "name"], (await SuggestionsAsync()).Select(one => (string?)one!["field"]).Order());

        await PatchAsync(contact, """{"company":"beta","name":"John  Smith"}""");

        Assert.Empty(await SuggestionsAsync());
    }

    [Fact]
    public async Task A_stale_one_shows_both_and_can_be_accepted()
    {
        var contact = await CreateAsync("""{"phone":"+16045551234","company":"Acme"}""");
        await DeliverAsync(By(Workspace, Phone, Noon, Call, ("company", "Beta")));
        await PatchAsync(contact, """{"company":"Gamma"}""");

        var suggestion = Assert.Single(await SuggestionsAsync($"?contact_id={contact["id"]}&field=company"))!;
        Assert.Equal(("Beta", "Gamma"), ((string?)suggestion["value"], (string?)suggestion["current"]));
        await (await DecideAsync(suggestion, "accepted")).JsonAsync();

        Assert.Equal("Beta", (string?)(await GetAsync(contact))["company"]);
    }

    [Fact]
    public async Task An_email_is_added_unless_another_contact_got_it()
    {
        var contact = await CreateAsync("""{"phone":"+16045551234","email":"a@example.com"}""");
        await DeliverAsync(By(Workspace, Phone, Noon, Call, ("email", "b@example.com"), ("phone", "+16045558888")));
        var suggestions = await SuggestionsAsync();
        var other = await CreateAsync("""{"phone":"+16045558888"}""");

        await (await DecideAsync(suggestions.Single(one => (string?)one!["field"] == "email")!, "accepted")).JsonAsync();
        var problem = await (await DecideAsync(suggestions.Single(one => (string?)one!["field"] == "phone")!, "accepted")).ProblemAsync(409, "contact-exists");

        Assert.Equal(["a@example.com", "b@example.com"], (await GetAsync(contact))["emails"].Texts());
        Assert.Equal((string?)other["id"], (string?)problem["contact_id"]);
    }

    [Fact]
    public async Task Many_are_decided_at_once_each_with_its_outcome()
    {
        var contact = await CreateAsync("""{"phone":"+16045551234","name":"John","company":"Acme"}""");
        await DeliverAsync(By(Workspace, Phone, Noon, Call, ("name", "Peter"), ("company", "Beta")));
        var ids = (await SuggestionsAsync()).Select(one => (string)one!["id"]!).Append(Guid.CreateVersion7().ToString()).ToArray();

        var answer = await (
            await Client.PostAsync("/v1/suggestions/decisions", Answers.Json($$"""{"ids":["{{string.Join("\",\"", ids)}}"],"status":"accepted"}"""))
        ).JsonAsync();

        Assert.Equal(["accepted", "accepted", "not_found"], answer["data"]!.AsArray().Select(one => (string?)one!["outcome"]));
        var after = await GetAsync(contact);
        Assert.Equal(("Peter", "Beta", 3), ((string?)after["name"], (string?)after["company"], (int)after["version"]!));
    }

    [Theory]
    [InlineData("""{"ids":[],"status":"accepted"}""")]
    [InlineData("""{"status":"accepted"}""")]
    [InlineData("""{"ids":["x"],"status":"accepted"}""")]
    [InlineData("""{"ids":["01890000-0000-7000-8000-000000000000"],"status":"open"}""")]
    public async Task Malformed_decisions_are_refused(string json) =>
        Assert.Equal(400, (int)(await Client.PostAsync("/v1/suggestions/decisions", Answers.Json(json))).StatusCode);

    [Fact]
    public async Task They_page_and_show_on_their_contact()
    {
        var contact = await CreateAsync("""{"phone":"+16045551234","company":"Acme"}""");
        foreach (var i in Enumerable.Range(0, 5))
        {
            await DeliverAsync(By(Workspace, Phone, Noon.AddMinutes(i), Call, ("company", $"Company {i}")));
        }

        var seen = new List<string?>();
        string? cursor = null;
        do
        {
            var page = await (
                await Client.GetAsync($"/v1/contacts/{contact["id"]}/suggestions?limit=2" + (cursor is null ? "" : $"&cursor={cursor}"))
            ).JsonAsync();
            seen.AddRange(page["data"]!.AsArray().Select(one => (string?)one!["value"]));
            cursor = (string?)page["next_cursor"];
        } while (cursor is not null);

        Assert.Equal(["Company 4", "Company 3", "Company 2", "Company 1", "Company 0"], seen);
    }

    private Task<HttpResponseMessage> DecideAsync(JsonNode suggestion, string status) =>
        Client.PatchAsync($"/v1/suggestions/{suggestion["id"]}", Answers.Json($$"""{"status":"{{status}}"}"""));

    private async Task<JsonArray> SuggestionsAsync(string query = "") =>
        (await (await Client.GetAsync("/v1/suggestions" + query)).JsonAsync())["data"]!.AsArray();
}
