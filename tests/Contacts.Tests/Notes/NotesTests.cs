using System.Text.Json.Nodes;

namespace Contacts.Tests.Notes;

public sealed class NotesTests(ContactsService service) : ContactsTests(service)
{
    [Fact]
    public async Task Who_saves_over_a_newer_version_gets_both_merged()
    {
        var contact = await CreateAsync("""{"phone":"+16045551234","notes":"likes tea\ncalls on Mondays\nhas a dog\n"}""");
        await PatchAsync(contact, """{"company":"Acme"}""");
        await PatchAsync(contact, """{"notes":"likes coffee\ncalls on Mondays\nhas a dog\n"}""");

        var problem = await (await PatchAsync(contact, """{"notes":"likes tea\ncalls on Mondays\nhas two dogs\n"}""", "\"2\"")).ProblemAsync(
            412,
            "version-mismatch"
        );

        Assert.Equal(3, (int)problem["current"]!["version"]!);
        Assert.StartsWith("likes coffee", (string?)problem["current"]!["notes"], StringComparison.Ordinal);
        Assert.Equal(("likes tea\ncalls on Mondays\nhas a dog\n", 2), ((string?)problem["base"]!["notes"], (int)problem["base"]!["version"]!));
        Assert.Equal("likes coffee\ncalls on Mondays\nhas two dogs\n", (string?)problem["merged"]);
        Assert.False((bool)problem["has_conflicts"]!);
        Assert.Equal(3, (int)(await GetAsync(contact))["version"]!);
    }

    [Fact]
    public async Task Both_changed_the_same_line()
    {
        var contact = await CreateAsync("""{"phone":"+16045551234","notes":"tea"}""");
        await PatchAsync(contact, """{"notes":"coffee"}""");

        var problem = await (await PatchAsync(contact, """{"notes":"water"}""", "\"1\"")).ProblemAsync(412, "version-mismatch");

        Assert.Equal(("coffee\nwater", true), ((string?)problem["merged"], (bool)problem["has_conflicts"]!));
    }

    [Theory]
    [InlineData("\"99\"")]
    [InlineData("\"x\"")]
    [InlineData("W/\"1\"")]
    [InlineData("\"0\"")]
    public async Task A_version_that_never_was_has_no_base(string ifMatch)
    {
        var contact = await CreateAsync("""{"phone":"+16045551234","notes":"tea"}""");

        var problem = await (await PatchAsync(contact, """{"notes":"water"}""", ifMatch)).ProblemAsync(412, "version-mismatch");

        Assert.Equal("tea", (string?)problem["current"]!["notes"]);
        Assert.Null(problem["base"]);
    }

    [Fact]
    public async Task Without_notes_the_problem_is_what_it_was()
    {
        var contact = await CreateAsync("""{"phone":"+16045551234","notes":"tea"}""");

        Assert.Null((await (await PatchAsync(contact, """{"name":"John"}""", "\"9\"")).ProblemAsync(412, "version-mismatch"))["current"]);
    }

    [Fact]
    public async Task Revisions_are_all_kept_with_who_and_when()
    {
        var contact = await CreateAsync("""{"phone":"+16045551234","notes":"one"}""");
        await PatchAsync(contact, """{"notes":"two"}""");
        await PatchAsync(contact, """{"company":"Acme"}""");
        await PatchAsync(contact, """{"notes":null}""");

        Assert.Equal([(4, null), (2, "two"), (1, "one")], await RevisionsAsync(contact, 50));
        Assert.Equal([(4, null), (2, "two"), (1, "one")], await RevisionsAsync(contact, 1));
        Assert.Equal([(4, null), (2, "two"), (1, "one")], await RevisionsAsync(contact, 2));
        Assert.Empty(await RevisionsAsync(await CreateAsync("""{"phone":"+16045552222"}"""), 50));
    }

    private async Task<List<(int Version, string? Notes)>> RevisionsAsync(JsonNode contact, int limit)
    {
        var revisions = new List<(int, string?)>();
        string? cursor = null;
        do
        {
            var page = await (
                await Client.GetAsync($"/v1/contacts/{contact["id"]}/notes/revisions?limit={limit}" + (cursor is null ? "" : $"&cursor={cursor}"))
            ).JsonAsync();
            Assert.All(page["data"]!.AsArray(), one => Assert.Equal(("api", "test-actor"), ((string?)one!["source"], (string?)one["actor"])));
            revisions.AddRange(page["data"]!.AsArray().Select(one => ((int)one!["version"]!, (string?)one["notes"])));
            cursor = (string?)page["next_cursor"];
        } while (cursor is not null);
        return revisions;
    }
}
