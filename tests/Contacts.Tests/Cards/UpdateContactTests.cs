using System.Net;
using System.Text.Json.Nodes;
using Messages.Contacts;

namespace Contacts.Tests.Cards;

public sealed class UpdateContactTests(ContactsService service) : ContactsTests(service)
{
    private const string John = """{"phone":"+16045551234","name":"John Smith","email":"john@example.com","company":"Acme","notes":"Note","tags":["VIP"]}""";

    [Theory]
    [InlineData("""{"name":"John Smith Jr."}""", "name", "John Smith Jr.", "name,last_name")]
    [InlineData("""{"first_name":"Jane"}""", "name", "Jane Smith", "name,first_name")]
    [InlineData("""{"last_name":null}""", "name", "John", "name,last_name")]
    [InlineData("""{"name":null}""", "name", null, "name,first_name,last_name")]
    [InlineData("""{"company":"Other"}""", "company", "Other", "company")]
    [InlineData("""{"notes":null}""", "notes", null, "notes")]
    [InlineData("""{"phone":"604 555 9999"}""", "phone", "+16045559999", "identities")]
    [InlineData("""{"phone":null}""", "phone", null, "identities")]
    [InlineData("""{"email":"j.smith@example.com"}""", "email", "j.smith@example.com", "identities")]
    [InlineData("""{"email":null}""", "email", null, "identities")]
    public async Task What_is_given_changes_and_the_rest_stays(string patch, string field, string? expected, string changed)
    {
        var before = await CreateAsync(John);

        var answer = await PatchAsync(before, patch);

        var after = await answer.JsonAsync();
        Assert.Equal("\"2\"", answer.Headers.ETag?.ToString());
        Assert.Equal(expected, (string?)after[field]);
        var sent = (await SentAsync<ContactChanged>())[^1].Data;
        Assert.Equal(2, sent.Contact.Version);
        Assert.Equal(changed.Split(','), sent.Changed);
        string[] touched = ["version", "updated_at", "avatar_url", "name", "first_name", "last_name", .. field is "name" ? [] : new[] { field, field + "s" }];
        foreach (var (name, value) in before.AsObject().Where(member => !touched.Contains(member.Key)))
        {
            Assert.Equal(value?.ToJsonString(), after[name]?.ToJsonString());
        }
    }

    [Fact]
    public async Task Tags_are_replaced_and_created_when_missing()
    {
        var contact = await CreateAsync(John);

        var after = await (await PatchAsync(contact, """{"tags":["Customer","Brand new","vip","VIP"]}""")).JsonAsync();

        Assert.Equal(["Brand new", "Customer", "VIP"], after["tags"].Texts());
        Assert.Empty((await (await PatchAsync(contact, """{"tags":[]}""")).JsonAsync())["tags"].Texts());
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"name":"John Smith","phone":"(604) 555-1234","email":"JOHN@example.com","tags":["vip"],"company":"Acme","notes":"Note"}""")]
    public async Task What_changes_nothing_is_no_version_and_no_event(string patch)
    {
        var before = await CreateAsync(John);

        var after = await (await PatchAsync(before, patch)).JsonAsync();

        Assert.Equal(before.ToJsonString(), after.ToJsonString());
        Assert.Single(await SentAsync<ContactChanged>());
    }

    [Fact]
    public async Task A_phone_that_is_given_up_is_free_again()
    {
        var contact = await CreateAsync(John);
        await PatchAsync(contact, """{"phone":"+16045559999"}""");

        await CreateAsync("""{"phone":"+16045551234"}""");

        Assert.Equal(2, (await ListAsync()).Count);
    }

    [Theory]
    [InlineData("""{"phone":"x"}""", 400, "invalid-phone")]
    [InlineData("""{"email":"x"}""", 400, "invalid-email")]
    [InlineData("""{"phone":null,"email":null}""", 400, "identity-required")]
    [InlineData("""{"tags":["a,b"]}""", 400, "invalid-tag")]
    [InlineData("""{"tags":["VIP","opt-out"]}""", 409, "opt-out-protected")]
    [InlineData("""{"name":5}""", 400, "validation")]
    [InlineData("""{"id":"x"}""", 400, "validation")]
    [InlineData("""{"version":7}""", 400, "validation")]
    [InlineData("""{"notes":"a\u0000b"}""", 400, "validation")]
    [InlineData("null", 400, "validation")]
    public async Task What_is_not_right_is_refused_and_nothing_changes(string patch, int status, string slug)
    {
        var before = await CreateAsync(John);

        await (await PatchAsync(before, patch)).ProblemAsync(status, slug);

        Assert.Equal(before.ToJsonString(), (await GetAsync(before)).ToJsonString());
        Assert.Single(await SentAsync<ContactChanged>());
    }

    [Fact]
    public async Task Too_long_a_text_names_its_field()
    {
        var contact = await CreateAsync(John);

        var problem = await (await PatchAsync(contact, $$"""{"first_name":"{{new string('x', 101)}}"}""")).ProblemAsync(400, "validation");

        Assert.NotNull(problem["errors"]!["first_name"]);
    }

    [Theory]
    [InlineData("""{"name":"New","phone":"+16045550000"}""")]
    [InlineData("""{"name":"New","email":"taken@example.com"}""")]
    public async Task Another_contacts_phone_or_email_is_refused_whole(string patch)
    {
        var other = await CreateAsync("""{"phone":"+16045550000","email":"taken@example.com"}""");
        var contact = await CreateAsync(John);

        var problem = await (await PatchAsync(contact, patch)).ProblemAsync(409, "contact-exists");

        Assert.Equal((string?)other["id"], (string?)problem["contact_id"]);
        Assert.Equal(contact.ToJsonString(), (await GetAsync(contact)).ToJsonString());
    }

    [Fact]
    public async Task An_older_version_is_refused_and_the_present_one_or_any_is_not()
    {
        var contact = await CreateAsync(John);

        Assert.Equal(HttpStatusCode.OK, (await PatchAsync(contact, """{"company":"A"}""", "\"1\"")).StatusCode);
        await (await PatchAsync(contact, """{"company":"B"}""", "\"1\"")).ProblemAsync(412, "version-mismatch");
        Assert.Equal(HttpStatusCode.OK, (await PatchAsync(contact, """{"company":"C"}""", "*")).StatusCode);
        Assert.Equal("C", (string?)(await GetAsync(contact))["company"]);
    }

    [Fact]
    public async Task Twenty_writers_with_the_same_version_one_wins()
    {
        var contact = await CreateAsync(John);

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => PatchAsync(contact, $$"""{"notes":"{{i}}"}""", "\"1\"")));

        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.OK);
        Assert.Equal(19, answers.Count(answer => answer.StatusCode == HttpStatusCode.PreconditionFailed));
        Assert.Equal(2, (int)(await GetAsync(contact))["version"]!);
    }

    [Fact]
    public async Task Nobody_is_not_found() =>
        await (await PatchAsync(JsonNode.Parse($$"""{"id":"{{Guid.CreateVersion7()}}"}""")!, "{}")).ProblemAsync(404, "not-found");

    /// <summary>Each adds a line of its own to what it read; whoever read an older version is told so, and begins anew.</summary>
    [Fact]
    public async Task Of_twenty_parallel_writers_none_loses_what_another_wrote()
    {
        var contact = await CreateAsync("""{"phone":"+16045551234"}""");
        var refusals = 0;

        await Task.WhenAll(Enumerable.Range(0, 20).Select(writer => Task.Run(() => WriteAsync($"line {writer:D2}"))));

        var after = await GetAsync(contact);
        Assert.Equal(Enumerable.Range(0, 20).Select(writer => $"line {writer:D2}"), ((string)after["notes"]!).Split('\n').Order());
        Assert.Equal(21, (long)after["version"]!);
        Assert.True(refusals > 0, "They never met: the test shows nothing.");

        async Task WriteAsync(string line)
        {
            while (true)
            {
                var read = await GetAsync(contact);
                var notes = (string?)read["notes"] is { } present ? present + "\n" + line : line;
                using var answer = await PatchAsync(contact, new JsonObject { ["notes"] = notes }.ToJsonString(), $"\"{read["version"]}\"");
                if (answer.StatusCode == HttpStatusCode.OK)
                {
                    return;
                }
                Assert.Equal(HttpStatusCode.PreconditionFailed, answer.StatusCode);
                Interlocked.Increment(ref refusals);
            }
        }
    }
}
