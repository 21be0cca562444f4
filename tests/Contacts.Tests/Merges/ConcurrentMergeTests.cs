using System.Text.Json.Nodes;
using Messages.CommunicationsIngest;

namespace Contacts.Tests.Merges;

public sealed class ConcurrentMergeTests(ContactsService service) : MergeTests(service)
{
    [Fact]
    public async Task Two_hundred_merges_over_fifty_contacts_and_calls_at_once_end_consistent()
    {
        const int People = 50;
        var phones = Enumerable.Range(0, People).Select(i => $"+1604555{1000 + i}").ToArray();
        var contacts = await Task.WhenAll(phones.Select(phone => CreateAsync($$"""{"phone":"{{phone}}"}""")));
        var random = new Random(7);
        var merges = Enumerable.Range(0, 200).Select(_ => (contacts[random.Next(People)], contacts[random.Next(People)])).ToList();

        var calling = Task.WhenAll(Enumerable.Range(0, 20).Select(_ => DeliverAsync([.. phones.Select(phone => Interaction(phone, Channel.Call))])));
        var answers = await Task.WhenAll(merges.Select(pair => PostMergeAsync(pair.Item1, pair.Item2)));
        await calling;

        var made = answers.Count(answer => answer.IsSuccessStatusCode);
        foreach (var answer in answers.Where(answer => !answer.IsSuccessStatusCode))
        {
            Assert.Contains((string?)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["type"], Refusals);
        }
        var left = await ListAsync("?limit=200");
        Assert.Equal(People - made, left.Count);
        Assert.Equal(phones, left.SelectMany(contact => contact!["phones"].Texts()).Order(StringComparer.Ordinal));
        Assert.Equal(People * 20, left.Sum(contact => (int)contact!["call_count"]!));
        var ids = left.Select(contact => (string?)contact!["id"]).ToHashSet();
        using var client = CreateRawClient();
        foreach (var contact in contacts.Where(contact => !ids.Contains((string?)contact["id"])))
        {
            var moved = await (await client.GetAsync($"/v1/contacts/{contact["id"]}")).ProblemAsync(308, "contact-merged");
            Assert.Contains((string?)moved["contact_id"], ids);
        }
        var inForce = (await (await Client.GetAsync("/v1/merges?limit=200")).JsonAsync())["data"]!
            .AsArray()
            .Select(merge => (string)merge!["absorbed_id"]!)
            .ToList();
        Assert.Equal(made, inForce.Count);
        Assert.Equal(made, inForce.Distinct().Count());
    }

    /// <summary>The last one where a survivor has grown to more phones than a contact holds.</summary>
    private static readonly string[] Refusals =
    [
        "urn:contacts:problem:merge-self",
        "urn:contacts:problem:contact-merged",
        "urn:contacts:problem:merge-too-large",
    ];
}
