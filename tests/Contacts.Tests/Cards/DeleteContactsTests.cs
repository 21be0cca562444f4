using System.Text.Json.Nodes;
using Messages.Contacts;

namespace Contacts.Tests.Cards;

public sealed class DeleteContactsTests(ContactsService service) : ContactsTests(service)
{
    [Fact]
    public async Task Each_has_its_own_outcome()
    {
        var first = await CreateAsync("""{"phone":"+16045551234"}""");
        var second = await CreateAsync("""{"phone":"+16045551235"}""");
        var stays = await CreateAsync("""{"phone":"+16045551236"}""");
        var unknown = Guid.CreateVersion7();

        var results = await DeleteAsync(first["id"]!, unknown, second["id"]!, first["id"]!);

        Assert.Equal(["deleted", "not_found", "deleted", "deleted"], results.Select(result => (string?)result!["status"]));
        Assert.Equal(first["id"]!.ToString(), results[0]!["id"]!.ToString());
        Assert.Equal(stays["id"]!.ToString(), Assert.Single(await ListAsync())!["id"]!.ToString());
        Assert.Equal(2, (await SentAsync<ContactDeleted>()).Count);
        var again = await DeleteAsync(first["id"]!);
        Assert.Equal("not_found", (string?)again[0]!["status"]);
        var audit = await (await Client.GetAsync("/v1/audit?action=contact.deleted")).JsonAsync();
        Assert.Equal(2, audit["data"]!.AsArray().Count);
    }

    [Theory]
    [InlineData("""{"ids":[]}""")]
    [InlineData("{}")]
    [InlineData("""{"ids":["x"]}""")]
    public async Task What_names_no_contact_is_refused(string body) =>
        await (await Client.PostAsync("/v1/contacts/deletions", Answers.Json(body))).ProblemAsync(400, "validation");

    [Fact]
    public async Task At_most_a_thousand()
    {
        string Body(int count) => $$"""{"ids":[{{string.Join(',', Enumerable.Range(0, count).Select(_ => $"\"{Guid.CreateVersion7()}\""))}}]}""";

        await (await Client.PostAsync("/v1/contacts/deletions", Answers.Json(Body(1_001)))).ProblemAsync(400, "validation");
        await (await Client.PostAsync("/v1/contacts/deletions", Answers.Json(Body(1_000)))).JsonAsync();
    }

    private async Task<JsonArray> DeleteAsync(params object[] ids)
    {
        var body = $$"""{"ids":[{{string.Join(',', ids.Select(id => $"\"{id}\""))}}]}""";
        return (await (await Client.PostAsync("/v1/contacts/deletions", Answers.Json(body))).JsonAsync())["results"]!.AsArray();
    }
}
