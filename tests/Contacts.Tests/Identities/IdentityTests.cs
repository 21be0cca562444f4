using System.Net;
using System.Text.Json.Nodes;
using Messages.Contacts;

namespace Contacts.Tests.Identities;

public sealed class IdentityTests(ContactsService service) : ContactsTests(service)
{
    [Fact]
    public async Task Several_of_each_kind_are_given_at_once_and_the_first_is_primary()
    {
        var contact = await CreateAsync(
            """{"phones":["604 555 9999","+16045551234"],"emails":["b@example.com","A@example.com"],"external_ids":["HubSpot:123"],"language":"FR-ca","time_zone":"America/Vancouver"}"""
        );

        var read = await GetAsync(contact);
        Assert.Equal(contact.ToJsonString(), read.ToJsonString());
        Assert.Equal(["+16045559999", "+16045551234"], read["phones"].Texts());
        Assert.Equal("+16045559999", (string?)read["phone"]);
        Assert.Equal(["b@example.com", "a@example.com"], read["emails"].Texts());
        Assert.Equal(["hubspot:123"], read["external_ids"].Texts());
        Assert.Equal("fr-CA", (string?)read["language"]);
        Assert.Equal("America/Vancouver", (string?)read["time_zone"]);
    }

    [Fact]
    public async Task A_list_that_is_given_replaces_the_list()
    {
        var contact = await CreateAsync("""{"phones":["+16045551234","+16045559999"],"email":"a@example.com"}""");

        var after = await (await PatchAsync(contact, """{"phones":["+16045558888","+16045551234"]}""")).JsonAsync();

        Assert.Equal(["+16045558888", "+16045551234"], after["phones"].Texts());
        Assert.Equal(["a@example.com"], after["emails"].Texts());
        await CreateAsync("""{"phone":"+16045559999"}""");
    }

    [Fact]
    public async Task An_identity_is_added_made_primary_marked_as_shared_and_taken_away()
    {
        var contact = await CreateAsync("""{"phone":"+16045551234"}""");

        var added = await (await AddAsync(contact, """{"kind":"phone","value":"(604) 555-9999"}""")).JsonAsync(HttpStatusCode.Created);
        Assert.Equal("""{"kind":"phone","value":"+16045559999","is_primary":false,"is_shared":false}""", added.ToJsonString().Replace("\\u002B", "+"));
        var again = await AddAsync(contact, """{"kind":"phone","value":"+16045559999"}""");
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        Assert.Equal("\"2\"", again.Headers.ETag?.ToString());

        var changed = await (await UpdateAsync(contact, "phone/+16045559999", """{"is_primary":true,"is_shared":true}""")).JsonAsync();
        Assert.True((bool)changed["is_primary"]! && (bool)changed["is_shared"]!);
        Assert.Equal(["+16045559999", "+16045551234"], (await GetAsync(contact))["phones"].Texts());

        var removed = await Client.DeleteAsync($"/v1/contacts/{contact["id"]}/identities/phone/6045559999");
        Assert.Equal(HttpStatusCode.NoContent, removed.StatusCode);
        var left = Assert.Single((await ListIdentitiesAsync(contact)));
        Assert.True((bool)left!["is_primary"]!);
        Assert.Equal("+16045551234", (string?)left["value"]);
        Assert.Equal(4, (await SentAsync<ContactChanged>()).Count);
    }

    [Fact]
    public async Task The_last_identity_stays()
    {
        var contact = await CreateAsync("""{"phone":"+16045551234"}""");

        await (await Client.DeleteAsync($"/v1/contacts/{contact["id"]}/identities/phone/+16045551234")).ProblemAsync(400, "identity-required");
        await (await PatchAsync(contact, """{"phones":[]}""")).ProblemAsync(400, "identity-required");
    }

    [Fact]
    public async Task Anothers_identity_moves_only_when_that_is_asked_for()
    {
        var john = await CreateAsync("""{"phones":["+16045551234","+16045559999"]}""");
        var jane = await CreateAsync("""{"phone":"+16045558888"}""");

        var refused = await (await AddAsync(jane, """{"kind":"phone","value":"+16045551234"}""")).ProblemAsync(409, "contact-exists");
        Assert.Equal((string?)john["id"], (string?)refused["contact_id"]);
        await (await AddAsync(jane, $$"""{"kind":"phone","value":"+16045551234","move_from":"{{Guid.CreateVersion7()}}"}""")).ProblemAsync(
            409,
            "contact-exists"
        );

        var moved = await AddAsync(jane, $$"""{"kind":"phone","value":"+16045551234","is_primary":true,"move_from":"{{john["id"]}}"}""");
        Assert.Equal(HttpStatusCode.Created, moved.StatusCode);
        Assert.Equal(["+16045559999"], (await GetAsync(john))["phones"].Texts());
        Assert.Equal(["+16045551234", "+16045558888"], (await GetAsync(jane))["phones"].Texts());

        await (await AddAsync(jane, $$"""{"kind":"phone","value":"+16045559999","move_from":"{{john["id"]}}"}""")).ProblemAsync(409, "last-identity");
        Assert.Equal(["+16045559999"], (await GetAsync(john))["phones"].Texts());
    }

    /// <summary>Each wants to take the number from the one who has it as far as it knows; only one can be right.</summary>
    [Fact]
    public async Task Of_twenty_who_move_the_same_identity_one_has_it_in_the_end()
    {
        var owner = await CreateAsync("""{"phones":["+16045551234","+16045559999"]}""");
        var others = new List<JsonNode>();
        for (var i = 0; i < 20; i++)
        {
            others.Add(await CreateAsync($$"""{"phone":"+160455570{{i:D2}}"}"""));
        }

        var answers = await Task.WhenAll(
            others.Select(other => AddAsync(other, $$"""{"kind":"phone","value":"+16045551234","move_from":"{{owner["id"]}}"}"""))
        );

        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.Created);
        Assert.Equal(19, answers.Count(answer => answer.StatusCode == HttpStatusCode.Conflict));
        Assert.Single(await ListAsync("?phone=%2B16045551234"));
        Assert.Equal(["+16045559999"], (await GetAsync(owner))["phones"].Texts());
    }

    [Theory]
    [InlineData("""{"kind":"phone","value":"12"}""", "invalid-phone")]
    [InlineData("""{"kind":"phone","value":"+266696687"}""", "invalid-phone")]
    [InlineData("""{"kind":"email","value":"nobody"}""", "invalid-email")]
    [InlineData("""{"kind":"external","value":"123"}""", "invalid-external-id")]
    [InlineData("""{"kind":"phone","value":""}""", "validation")]
    [InlineData("""{"kind":"fax","value":"1"}""", "validation")]
    [InlineData("""{"kind":"phone"}""", "validation")]
    [InlineData("""{"kind":"phone","value":"+16045551234","owner":"me"}""", "validation")]
    public async Task What_is_no_identity_is_refused(string body, string slug)
    {
        var contact = await CreateAsync("""{"phone":"+16045551234"}""");

        await (await AddAsync(contact, body)).ProblemAsync(400, slug);
        Assert.Single(await ListIdentitiesAsync(contact));
    }

    [Fact]
    public async Task There_is_an_end_to_how_many()
    {
        var phones = string.Join(',', Enumerable.Range(0, 20).Select(i => $"\"+160455570{i:D2}\""));
        var contact = await CreateAsync($$"""{"phones":[{{phones}}]}""");

        await (await AddAsync(contact, """{"kind":"phone","value":"+16045551234"}""")).ProblemAsync(409, "too-many-identities");
        await (await PatchAsync(contact, $$"""{"phones":[{{phones}},"+16045551234"]}""")).ProblemAsync(400, "validation");
    }

    [Fact]
    public async Task A_stale_version_changes_nothing()
    {
        var contact = await CreateAsync("""{"phones":["+16045551234","+16045559999"]}""");
        await PatchAsync(contact, """{"name":"John"}""");

        using var request = new HttpRequestMessage(HttpMethod.Delete, $"/v1/contacts/{contact["id"]}/identities/phone/+16045559999");
        request.Headers.TryAddWithoutValidation("If-Match", "\"1\"");
        await (await Client.SendAsync(request)).ProblemAsync(412, "version-mismatch");
    }

    private Task<HttpResponseMessage> AddAsync(JsonNode contact, string json) =>
        Client.PostAsync($"/v1/contacts/{contact["id"]}/identities", Answers.Json(json));

    private Task<HttpResponseMessage> UpdateAsync(JsonNode contact, string identity, string json) =>
        Client.PatchAsync($"/v1/contacts/{contact["id"]}/identities/{identity}", Answers.Json(json));

    private async Task<JsonArray> ListIdentitiesAsync(JsonNode contact) =>
        (await (await Client.GetAsync($"/v1/contacts/{contact["id"]}/identities")).JsonAsync())["data"]!.AsArray();
}
