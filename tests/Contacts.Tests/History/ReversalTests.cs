using System.Text.Json.Nodes;
using Messages.CommunicationsIngest;
using Messages.Contacts;
using Testing;

namespace Contacts.Tests.History;

public sealed class ReversalTests(ContactsService service) : ContactsTests(service)
{
    [Fact]
    public async Task Fields_go_back_and_a_reversal_can_be_taken_back()
    {
        var contact = await CreateAsync("""{"phone":"+16045551234","name":"John Smith","company":"Acme"}""");
        await PatchAsync(contact, """{"name":"Peter Pan","company":null,"notes":"x"}""");

        await (await ReverseAsync(contact, 2)).JsonAsync();
        var back = await GetAsync(contact);
        Assert.Equal(
            ("John Smith", "Smith", "Acme", null),
            ((string?)back["name"], (string?)back["last_name"], (string?)back["company"], (string?)back["notes"])
        );
        await (await ReverseAsync(contact, 3)).JsonAsync();

        var again = await GetAsync(contact);
        Assert.Equal(
            ("Peter Pan", "Pan", null, "x"),
            ((string?)again["name"], (string?)again["last_name"], (string?)again["company"], (string?)again["notes"])
        );
        var entry = (await (await Client.GetAsync($"/v1/contacts/{contact["id"]}/history")).JsonAsync())["data"]![0]!;
        Assert.Equal(("reverted", 3), ((string?)entry["kind"], (int)entry["evidence"]!["reverted_version"]!));
    }

    [Fact]
    public async Task What_was_changed_again_since_is_kept_unless_forced()
    {
        var contact = await CreateAsync("""{"phone":"+16045551234","company":"Acme"}""");
        await PatchAsync(contact, """{"company":"Beta","notes":"x"}""");
        await PatchAsync(contact, """{"company":"Gamma"}""");

        var problem = await (await ReverseAsync(contact, 2)).ProblemAsync(409, "changed-since");
        Assert.Equal(["company"], problem["errors"]!.AsObject().Select(error => error.Key));
        Assert.Equal("x", (string?)(await GetAsync(contact))["notes"]);
        await (await ReverseAsync(contact, 2, "?force=true")).JsonAsync();

        Assert.Equal(("Acme", null), ((string?)(await GetAsync(contact))["company"], (string?)(await GetAsync(contact))["notes"]));
    }

    [Fact]
    public async Task Of_tags_and_identities_only_the_difference_goes_back()
    {
        var contact = await CreateAsync("""{"phones":["+16045551234","+16045552222"],"tags":["VIP","Lead"]}""");
        await PatchAsync(contact, """{"phones":["+16045553333","+16045551234"],"tags":["VIP","Customer"]}""");
        await PatchAsync(contact, """{"emails":["later@example.com"],"tags":["VIP","Customer","Prospect"]}""");

        var back = await (await ReverseAsync(contact, 2)).JsonAsync();

        Assert.Equal(["+16045551234", "+16045552222"], back["phones"].Texts());
        Assert.Equal(["later@example.com"], back["emails"].Texts());
        Assert.Equal(["Lead", "Prospect", "VIP"], back["tags"].Texts());
    }

    [Fact]
    public async Task An_identity_that_somebody_else_has_now_stays_there()
    {
        var contact = await CreateAsync("""{"phones":["+16045551234","+16045552222"]}""");
        await PatchAsync(contact, """{"phones":["+16045551234"]}""");
        var other = await CreateAsync("""{"phone":"+16045552222"}""");

        var problem = await (await ReverseAsync(contact, 2)).ProblemAsync(409, "contact-exists");

        Assert.Equal((string?)other["id"], (string?)problem["contact_id"]);
        Assert.Equal(["+16045551234"], (await GetAsync(contact))["phones"].Texts());
    }

    [Fact]
    public async Task Consent_is_not_taken_back_here()
    {
        var contact = await CreateAsync("""{"phone":"+16045551234"}""");
        await DeliverAsync(
            Happened.In(Workspace, new ConsentChanged(new Participant(IdentityKind.Phone, "+16045551234"), true, TimeProvider.System.GetUtcNow(), null, "STOP"))
        );

        await (await ReverseAsync(contact, 2)).ProblemAsync(409, "not-reversible");

        Assert.Equal(["opt-out"], (await GetAsync(contact))["tags"].Texts());
    }

    [Fact]
    public async Task The_creation_and_what_never_happened_are_told_apart()
    {
        var contact = await CreateAsync("""{"phone":"+16045551234"}""");

        await (await ReverseAsync(contact, 1)).ProblemAsync(409, "not-reversible");
        await (await ReverseAsync(contact, 2)).ProblemAsync(404, "not-found");
        await (await ReverseAsync(JsonNode.Parse($$"""{"id":"{{Guid.CreateVersion7()}}"}""")!, 2)).ProblemAsync(404, "not-found");
        Assert.Equal(404, (int)(await ReverseAsync(contact, 0)).StatusCode);
    }

    [Fact]
    public async Task Taking_back_what_is_already_back_changes_nothing()
    {
        var contact = await CreateAsync("""{"phone":"+16045551234","company":"Acme"}""");
        await PatchAsync(contact, """{"company":"Beta"}""");
        await PatchAsync(contact, """{"company":"Acme"}""");

        Assert.Equal(3, (int)(await (await ReverseAsync(contact, 2)).JsonAsync())["version"]!);
    }

    private Task<HttpResponseMessage> ReverseAsync(JsonNode contact, long version, string query = "") =>
        Client.PostAsync($"/v1/contacts/{contact["id"]}/history/{version}/reversal{query}", null);
}
