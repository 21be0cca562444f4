using System.Text.Json.Nodes;
using Messages.CommunicationsIngest;

namespace Contacts.Tests.History;

public sealed class HistoryTests(ContactsService service) : ContactsTests(service)
{
    [Fact]
    public async Task It_tells_in_sentences_what_happened_down_to_the_creation()
    {
        var contact = await CreateAsync("""{"phone":"+16045551234","company":"Acme"}""");
        await PatchAsync(contact, """{"company":"Acme Corp"}""");
        await PatchAsync(contact, """{"name":"John Smith","tags":["VIP"]}""");
        await PatchAsync(contact, """{"phones":["+16045559999","+16045551234"],"notes":"x"}""");
        await PatchAsync(contact, """{"company":null,"tags":[]}""");

        var history = await HistoryAsync(contact);

        Assert.Equal([5, 4, 3, 2, 1], history.Select(entry => (int)entry!["version"]!));
        Assert.Equal(
            [
                "Company cleared (was Acme Corp); tag VIP removed.",
                "Notes written; phone +16045559999 added.",
                "Name set to John Smith; tag VIP added.",
                "Company changed from Acme to Acme Corp.",
                "Contact created.",
            ],
            history.Select(entry => (string?)entry!["summary"])
        );
        Assert.Equal("""[{"field":"company","before":"Acme","after":"Acme Corp"}]""", history[3]!["fields"]!.ToJsonString());
        Assert.Equal(("api", "test-actor", "updated"), ((string?)history[3]!["source"], (string?)history[3]!["actor"], (string?)history[3]!["kind"]));
    }

    [Fact]
    public async Task It_pages_to_the_creation()
    {
        var contact = await CreateAsync("""{"phone":"+16045551234"}""");
        for (var i = 0; i < 5; i++)
        {
            await PatchAsync(contact, $$"""{"company":"Company {{i}}"}""");
        }
        foreach (var limit in new[] { 1, 2, 3, 5, 6, 7 })
        {
            var versions = new List<int>();
            string? cursor = null;
            do
            {
                var page = await (
                    await Client.GetAsync($"/v1/contacts/{contact["id"]}/history?limit={limit}" + (cursor is null ? "" : $"&cursor={cursor}"))
                ).JsonAsync();
                Assert.InRange(page["data"]!.AsArray().Count, 1, limit);
                versions.AddRange(page["data"]!.AsArray().Select(entry => (int)entry!["version"]!));
                cursor = (string?)page["next_cursor"];
            } while (cursor is not null);
            Assert.Equal([6, 5, 4, 3, 2, 1], versions);
        }
    }

    [Fact]
    public async Task Who_made_it_is_told_for_a_caller_too()
    {
        await DeliverAsync(Interaction("+16045551234", Channel.Call));

        var entry = Assert.Single(await HistoryAsync(Assert.Single(await ListAsync())!))!;

        Assert.Equal(("created", "system"), ((string?)entry["kind"], (string?)entry["source"]));
        Assert.NotNull(entry["evidence"]!["conversation_id"]);
        Assert.Equal("Contact created when the person got in touch.", (string?)entry["summary"]);
    }

    private async Task<JsonArray> HistoryAsync(JsonNode contact) =>
        (await (await Client.GetAsync($"/v1/contacts/{contact["id"]}/history")).JsonAsync())["data"]!.AsArray();
}
