using System.Text.Json.Nodes;

namespace Contacts.Tests.Captures;

public sealed class CreateCapturesTests(ContactsService service) : ContactsTests(service)
{
    [Fact]
    public async Task Each_detail_has_its_outcome()
    {
        await CreateAsync("""{"phone":"+16045559999","email":"taken@example.com"}""");
        var contact = await CreateAsync("""{"phone":"+16045551234","name":"John Smith"}""");

        var answer = await CaptureAsync(
            contact,
            """
            {"conversation_id":"01890000-0000-7000-8000-000000000001","details":[
              {"field":"company","value":"Acme","quote":"I work at Acme","confidence":0.8},
              {"field":"name","value":"Peter Pan"},
              {"field":"first_name","value":"john"},
              {"field":"email","value":"taken@example.com"},
              {"field":"language","value":"klingon-ish"}]}
            """
        );

        Assert.Equal(
            [("company", "filled"), ("name", "suggested"), ("email", "claimed"), ("language", "invalid")],
            answer["data"]!.AsArray().Select(one => ((string)one!["field"]!, (string)one["outcome"]!))
        );
        Assert.Equal("Acme", (string?)answer["contact"]!["company"]);
        var company = (await (await Client.GetAsync($"/v1/contacts/{contact["id"]}/provenance")).JsonAsync())["data"]!
            .AsArray()
            .Single(one => (string?)one!["field"] == "company")!;
        Assert.Equal(("agent", "test-actor"), ((string?)company["source"], (string?)company["actor"]));
        Assert.Equal("I work at Acme", (string?)company["evidence"]!["quote"]);
    }

    [Theory]
    [InlineData("""{"details":[]}""")]
    [InlineData("""{}""")]
    [InlineData("""{"details":[{"field":"name"}]}""")]
    [InlineData("""{"details":[{"field":"name","value":"X","confidence":1.5}]}""")]
    [InlineData("""{"details":[{"field":"name","value":7}]}""")]
    [InlineData("""{"details":[{"field":"name","value":"X","surprise":1}]}""")]
    [InlineData("""{"details":null}""")]
    [InlineData("""{"details":[null]}""")]
    public async Task What_is_malformed_is_refused(string json)
    {
        var contact = await CreateAsync("""{"phone":"+16045551234"}""");

        Assert.Equal(400, (int)(await PostAsync(contact, json)).StatusCode);
    }

    [Fact]
    public async Task More_than_fifty_are_refused()
    {
        var contact = await CreateAsync("""{"phone":"+16045551234"}""");
        var details = string.Join(',', Enumerable.Repeat("""{"field":"company","value":"Acme"}""", 51));

        await (await PostAsync(contact, $$"""{"details":[{{details}}]}""")).ProblemAsync(400, "validation");
    }

    [Fact]
    public async Task A_contact_that_is_not_there_is_not_found() =>
        await (
            await Client.PostAsync($"/v1/contacts/{Guid.CreateVersion7()}/captures", Answers.Json("""{"details":[{"field":"name","value":"X"}]}"""))
        ).ProblemAsync(404, "not-found");

    private async Task<JsonNode> CaptureAsync(JsonNode contact, string json) => await (await PostAsync(contact, json)).JsonAsync();

    private Task<HttpResponseMessage> PostAsync(JsonNode contact, string json) =>
        Client.PostAsync($"/v1/contacts/{contact["id"]}/captures", Answers.Json(json));
}
