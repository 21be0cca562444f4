using System.Net;
using System.Text.Json.Nodes;
using Messages.CommunicationsIngest;
using Messages.Contacts;

namespace Contacts.Tests.Merges;

public sealed class MergeContactsTests(ContactsService service) : MergeTests(service)
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private const string John =
        """{"phone":"+16045551234","name":"John Smith","email":"john@example.com","notes":"Mornings","tags":["VIP"],"external_ids":["hubspot:1"]}""";
    private const string Johnny =
        """{"phone":"+16045559999","name":"Johnny","emails":["j@example.com","jj@example.com"],"company":"Acme","notes":"Likes tea","tags":["Lead","vip","Do Not Call"]}""";

    [Fact]
    public async Task The_survivor_has_all_of_both()
    {
        var john = await CreateAsync(John);
        var johnny = await CreateAsync(Johnny);
        await DeliverAsync(Interaction("+16045551234", Channel.Call, Noon), Interaction("+16045559999", Channel.Text, Noon.AddHours(1)));

        var (mergeId, merged) = await MergeAsync(john, johnny);

        Assert.Equal((string?)john["id"], (string?)merged["id"]);
        Assert.Equal(("John Smith", "Acme", "Mornings\n\nLikes tea"), ((string?)merged["name"], (string?)merged["company"], (string?)merged["notes"]));
        Assert.Equal(["+16045551234", "+16045559999"], merged["phones"].Texts());
        Assert.Equal(["john@example.com", "j@example.com", "jj@example.com"], merged["emails"].Texts());
        Assert.Equal(["hubspot:1"], merged["external_ids"].Texts());
        Assert.Equal(["Do Not Call", "Lead", "VIP"], merged["tags"].Texts());
        Assert.Equal((1, 1), ((int)merged["call_count"]!, (int)merged["message_count"]!));
        Assert.Equal(Noon.AddHours(1), (DateTimeOffset)merged["last_contact_at"]!);
        Assert.Equal(2, (int)merged["version"]!);
        Assert.Equal(merged.ToJsonString(), (await GetAsync(john)).ToJsonString());
        Assert.Equal((string?)john["id"], (string?)Assert.Single(await ListAsync())!["id"]);
        var listed = (await (await Client.GetAsync($"/v1/merges?contact_id={johnny["id"]}")).JsonAsync())["data"]![0]!;
        Assert.Equal(mergeId, (Guid)listed["id"]!);
        Assert.Equal(["company", "notes", "identities", "tags"], listed["fields"]!.AsArray().Select(field => (string)field!["field"]!));
        Assert.Equal(listed.ToJsonString(), (await (await Client.GetAsync($"/v1/merges/{mergeId}")).JsonAsync()).ToJsonString());
    }

    [Fact]
    public async Task It_is_told_once_and_to_all()
    {
        var john = await CreateAsync(John);
        var johnny = await CreateAsync(Johnny);
        await DeliverAsync(Interaction("+16045559999"));

        var (mergeId, _) = await MergeAsync(john, johnny);

        Assert.Equal(new ContactMerged(mergeId, (Guid)john["id"]!, (Guid)johnny["id"]!, 2), Assert.Single(await SentAsync<ContactMerged>()).Data);
        var cards = (await SentAsync<ContactChanged>()).Select(e => (e.Data.Contact.Id, e.Data.Contact.Version));
        Assert.Equal([((Guid)john["id"]!, 1), ((Guid)johnny["id"]!, 1), ((Guid)john["id"]!, 2)], cards);
        var activity = (await SentAsync<ContactActivityChanged>())[^1].Data;
        Assert.Equal(((Guid)john["id"]!, 1, 0), (activity.ContactId, activity.MessageCount, activity.ConversationIds.Count));
    }

    [Fact]
    public async Task What_was_chosen_holds_and_restrictions_hold_whatever_was_chosen()
    {
        var john = await CreateAsync(John);
        var johnny = await CreateAsync(Johnny);

        var (_, merged) = await MergeAsync(
            john,
            johnny,
            ""","choices":{"name":"absorbed","notes":"survivor","company":"survivor","phone":"absorbed"},"survivor_version":1,"absorbed_version":1"""
        );

        Assert.Equal(("Johnny", null, "Mornings"), ((string?)merged["name"], (string?)merged["company"], (string?)merged["notes"]));
        Assert.Equal(["+16045559999", "+16045551234"], merged["phones"].Texts());
        Assert.Equal("john@example.com", (string?)merged["email"]);
        Assert.Contains("Do Not Call", merged["tags"].Texts());
    }

    [Fact]
    public async Task What_somebody_entered_beats_what_a_channel_said()
    {
        await DeliverAsync(
            Interaction(
                null,
                Channel.Chat,
                participant: new Participant(IdentityKind.ChatVisitor, "visitor-1") { Name = "Jonny Smyth", Email = "chat@example.com" }
            )
        );
        var caller = Assert.Single(await ListAsync())!;
        var entered = await CreateAsync("""{"phone":"+16045559999","name":"John Smith"}""");

        var (_, merged) = await MergeAsync(caller, entered);

        Assert.Equal("John Smith", (string?)merged["name"]);
        Assert.Equal("chat@example.com", (string?)merged["email"]);
        Assert.Equal(["visitor-1"], merged["chat_visitors"].Texts());
    }

    [Fact]
    public async Task A_call_from_the_absorbed_number_lands_on_the_survivor()
    {
        var john = await CreateAsync(John);
        await MergeAsync(john, await CreateAsync(Johnny));

        await DeliverAsync(Interaction("+16045559999", Channel.Call, Noon));

        Assert.Equal(1, (int)(await GetAsync(john))["call_count"]!);
        Assert.Single(await ListAsync());
    }

    [Fact]
    public async Task The_preview_shows_what_the_merge_makes_and_changes_nothing()
    {
        var john = await CreateAsync(John);
        var johnny = await CreateAsync(Johnny);
        await DeliverAsync(Interaction("+16045559999"));
        var before = await GetAsync(johnny);

        var preview = await (await Client.GetAsync($"/v1/merges/preview?survivor_id={john["id"]}&absorbed_id={johnny["id"]}")).JsonAsync();

        Assert.Equal(before.ToJsonString(), (await GetAsync(johnny)).ToJsonString());
        var fields = preview["fields"]!.AsArray().ToDictionary(field => (string)field!["field"]!, field => $"{field!["wins"]} {field["why"]}");
        Assert.Equal("survivor survivor_first", fields["name"]);
        Assert.Equal("absorbed only_one", fields["company"]);
        Assert.Equal("both joined", fields["notes"]);
        Assert.Equal("survivor survivor_first", fields["phone"]);
        Assert.Equal("both united", fields["phones"]);
        Assert.Equal(
            """{"tag":"Do Not Call","survivor":false,"absorbed":true,"result":true}""",
            preview["restrictions"]!.AsArray().Single(restriction => (string)restriction!["tag"]! == "Do Not Call")!.ToJsonString()
        );
        Assert.Equal(1, (int)preview["moves"]!["message_count"]!);
        Assert.Empty(preview["excess"]!.AsObject());
        var (_, merged) = await MergeAsync(john, johnny);
        Assert.Equal(Essence(merged), Essence(preview["result"]!));
    }

    [Theory]
    [InlineData(""","choices":{"nme":"survivor"}""", 400, "validation")]
    [InlineData(""","choices":{"tags":"survivor"}""", 400, "validation")]
    [InlineData(""","choices":{"name":"both"}""", 400, "validation")]
    [InlineData(""","choices":{"name":"other"}""", 400, "validation")]
    [InlineData(""","choices":{"name":null}""", 400, "validation")]
    [InlineData(""","choices":[]""", 400, "validation")]
    [InlineData(""","more":1""", 400, "validation")]
    [InlineData(""","survivor_version":2""", 412, "version-mismatch")]
    [InlineData(""","absorbed_version":0""", 412, "version-mismatch")]
    public async Task What_is_not_right_is_refused_and_nothing_changes(string more, int status, string slug)
    {
        var john = await CreateAsync(John);
        var johnny = await CreateAsync(Johnny);

        await (await PostMergeAsync(john, johnny, more)).ProblemAsync(status, slug);

        Assert.Equal(2, (await ListAsync()).Count);
        Assert.Empty(await SentAsync<ContactMerged>());
    }

    [Fact]
    public async Task Nobody_is_merged_with_itself_with_nobody_or_twice()
    {
        var john = await CreateAsync(John);
        var johnny = await CreateAsync(Johnny);
        var third = await CreateAsync("""{"phone":"+16045550003"}""");
        var nobody = JsonNode.Parse($$"""{"id":"{{Guid.CreateVersion7()}}"}""")!;
        await (await PostMergeAsync(john, john)).ProblemAsync(409, "merge-self");
        await (await PostMergeAsync(john, nobody)).ProblemAsync(404, "not-found");
        await (await PostMergeAsync(nobody, john)).ProblemAsync(404, "not-found");
        await MergeAsync(john, johnny);

        var twice = await (await PostMergeAsync(john, johnny)).ProblemAsync(409, "contact-merged");
        var back = await (await PostMergeAsync(johnny, john)).ProblemAsync(409, "contact-merged");
        var intoAbsorbed = await (await PostMergeAsync(johnny, third)).ProblemAsync(409, "contact-merged");

        Assert.All([twice, back, intoAbsorbed], problem => Assert.Equal((string?)john["id"], (string?)problem["contact_id"]));
    }

    [Fact]
    public async Task More_than_one_contact_can_hold_is_refused_until_chosen()
    {
        var john = await CreateAsync($$"""{"phone":"+16045551234","notes":"{{new string('a', 6_000)}}"}""");
        var johnny = await CreateAsync($$"""{"phone":"+16045559999","notes":"{{new string('b', 6_000)}}"}""");

        var problem = await (await PostMergeAsync(john, johnny)).ProblemAsync(409, "merge-too-large");

        Assert.NotNull(problem["errors"]!["notes"]);
        var (_, merged) = await MergeAsync(john, johnny, ""","choices":{"notes":"absorbed"}""");
        Assert.Equal(new string('b', 6_000), (string?)merged["notes"]);
    }

    [Fact]
    public async Task An_absorbed_id_leads_to_the_end_of_its_chain_on_every_route()
    {
        var first = await CreateAsync("""{"phone":"+16045550001"}""");
        var second = await CreateAsync("""{"phone":"+16045550002"}""");
        var third = await CreateAsync("""{"phone":"+16045550003","name":"Third"}""");
        await MergeAsync(second, first);
        await MergeAsync(third, second);
        var routes = new (HttpMethod Method, string Below, string? Body)[]
        {
            (HttpMethod.Get, "", null),
            (HttpMethod.Patch, "", """{"name":"X"}"""),
            (HttpMethod.Delete, "", null),
            (HttpMethod.Get, "/identities", null),
            (HttpMethod.Post, "/identities", """{"kind":"phone","value":"+16045550004"}"""),
            (HttpMethod.Patch, "/identities/phone/+16045550001", """{"is_primary":true}"""),
            (HttpMethod.Delete, "/identities/phone/+16045550001", null),
        };

        foreach (var (method, below, body) in routes)
        {
            var request = new HttpRequestMessage(method, $"/v1/contacts/{first["id"]}{below}?x=1");
            request.Content = body is null ? null : Answers.Json(body);
            using var client = CreateRawClient();
            var answer = await client.SendAsync(request);
            var problem = await answer.ProblemAsync(308, "contact-merged");
            Assert.Equal((string?)third["id"], (string?)problem["contact_id"]);
            Assert.Equal($"/v1/contacts/{third["id"]}{below}?x=1", answer.Headers.Location?.ToString());
        }

        Assert.Equal("Third", (string?)(await GetAsync(third))["name"]);
        var updated = await Client.PostAsync("/functions/v1/update-contact", Answers.Json($$"""{"contact_id":"{{first["id"]}}","name":"New"}"""));
        Assert.Equal((string?)third["id"], (string?)(await updated.JsonAsync())["contact"]!["id"]);
        Assert.Equal("New", (string?)(await GetAsync(third))["name"]);
    }

    [Fact]
    public async Task With_the_survivor_goes_what_it_absorbed()
    {
        var john = await CreateAsync(John);
        var johnny = await CreateAsync(Johnny);
        var (mergeId, _) = await MergeAsync(john, johnny);

        Assert.Equal(HttpStatusCode.NoContent, (await Client.DeleteAsync($"/v1/contacts/{john["id"]}")).StatusCode);

        await (await Client.GetAsync($"/v1/contacts/{johnny["id"]}")).ProblemAsync(404, "not-found");
        await (await Client.DeleteAsync($"/v1/merges/{mergeId}")).ProblemAsync(404, "not-found");
        await CreateAsync("""{"phone":"+16045559999"}""");
    }

    [Fact]
    public async Task Provenance_stays_with_the_value()
    {
        var john = await CreateAsync("""{"phone":"+16045551234"}""");
        var johnny = await CreateAsync("""{"phone":"+16045559999"}""");
        await PatchAsync(johnny, """{"company":"Acme"}""");

        await MergeAsync(john, johnny);

        Assert.Equal("api", await ScalarAsync($"SELECT provenance -> 'company' ->> 'source' FROM contacts WHERE id = '{john["id"]}'"));
        Assert.Null(await ScalarAsync($"SELECT provenance -> 'company' -> 'evidence' ->> 'merge_id' FROM contacts WHERE id = '{john["id"]}'"));
        Assert.Equal(
            (string?)await ScalarAsync($"SELECT created_at::text FROM contacts WHERE id = '{johnny["id"]}'"),
            (string?)await ScalarAsync($"SELECT created_at::text FROM contact_identities WHERE value = '+16045559999' AND contact_id = '{john["id"]}'")
        );
    }
}
