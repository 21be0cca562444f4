using System.Net;
using System.Text.Json.Nodes;

namespace Contacts.Tests.Batches;

public sealed class LookupContactsTests(ContactsService service) : ContactsTests(service)
{
    [Fact]
    public async Task Each_input_has_its_contact_or_none_or_a_problem_in_the_order_given()
    {
        var john = await CreateAsync("""{"phones":["+16045551001","+16045551002"],"email":"john@example.com","external_ids":["hubspot:7"],"tags":["VIP"]}""");

        var answer = await LookUpAsync(
            """{"phones":["604 555 1002","+16045559999","nonsense","","+16045551001"],"emails":["JOHN@example.com","x@example.com"],"external_ids":["HubSpot:7","hubspot:8","7",""]}"""
        );

        var phones = answer["phones"]!.AsArray();
        Assert.Equal(["604 555 1002", "+16045559999", "nonsense", "", "+16045551001"], phones.Select(one => (string)one!["input"]!));
        Assert.Equal([(string?)john["id"], null, null, null, (string?)john["id"]], phones.Select(one => (string?)one!["contact"]?["id"]));
        Assert.Equal((await GetAsync(john)).ToJsonString(), phones[0]!["contact"]!.ToJsonString());
        Assert.Equal(["", "", "invalid-phone", "invalid-phone", ""], phones.Select(one => ((string?)one!["problem"]?["type"] ?? "").Split(':')[^1]));
        var emails = answer["emails"]!.AsArray();
        Assert.Equal([(string?)john["id"], null], emails.Select(one => (string?)one!["contact"]?["id"]));
        var externalIds = answer["external_ids"]!.AsArray();
        Assert.Equal([(string?)john["id"], null, null, null], externalIds.Select(one => (string?)one!["contact"]?["id"]));
        Assert.Equal(
            ["", "", "invalid-external-id", "invalid-external-id"],
            externalIds.Select(one => ((string?)one!["problem"]?["type"] ?? "").Split(':')[^1])
        );
    }

    [Fact]
    public async Task Nothing_asked_is_nothing_answered_and_the_scope_to_read_is_enough()
    {
        using var reader = CreateClient("contacts:read");

        var answer = await (await reader.PostAsync("/v1/contacts/lookup", Answers.Json("""{"phones":[]}"""))).JsonAsync();

        Assert.Empty(answer["phones"]!.AsArray());
        Assert.Empty(answer["emails"]!.AsArray());
    }

    [Fact]
    public async Task Another_workspaces_contacts_are_not_found()
    {
        await CreateAsync("""{"phone":"+16045551001"}""");
        using var others = CreateClient(Guid.CreateVersion7());

        var answer = await (await others.PostAsync("/v1/contacts/lookup", Answers.Json("""{"phones":["+16045551001"]}"""))).JsonAsync();

        Assert.Null(answer["phones"]![0]!["contact"]);
    }

    [Fact]
    public async Task More_than_a_thousand_are_refused()
    {
        var phones = string.Join(',', Enumerable.Repeat("\"+16045551001\"", 1_001));

        await (await Client.PostAsync("/v1/contacts/lookup", Answers.Json($$"""{"phones":[{{phones}}]}"""))).ProblemAsync(400, "validation");
    }

    private async Task<JsonNode> LookUpAsync(string body) =>
        await (await Client.PostAsync("/v1/contacts/lookup", Answers.Json(body))).JsonAsync(HttpStatusCode.OK);
}
