using System.Net;
using Messages.CommunicationsIngest;
using Testing;

namespace Contacts.Tests.OwnNumbers;

public sealed class OwnNumberTests(ContactsService service) : ContactsTests(service)
{
    private const string Own = "+16045550100";

    [Fact]
    public async Task The_businesss_own_number_is_given_to_nobody()
    {
        var contact = await CreateAsync("""{"phone":"+16045551234"}""");
        await DeliverAsync(Happened.In(Workspace, new OwnNumberChanged(Own, IsOwn: true)));

        await (await Client.PostAsync("/v1/contacts", Answers.Json($$"""{"phone":"{{Own}}"}"""))).ProblemAsync(409, "own-number");
        await (await PatchAsync(contact, $$"""{"phones":["+16045551234","{{Own}}"]}""")).ProblemAsync(409, "own-number");
        var batch = await (
            await Client.PostAsync("/v1/contacts/batch", Answers.Json($$"""{"contacts":[{"phone":"{{Own}}"},{"phone":"+16045559999"}]}"""))
        ).JsonAsync();
        Assert.Equal("urn:contacts:problem:own-number", (string?)batch["results"]![0]!["problem"]!["type"]);
        Assert.Equal("created", (string?)batch["results"]![1]!["status"]);
        Assert.Empty(await ListAsync($"?phone={Uri.EscapeDataString(Own)}"));
    }

    [Fact]
    public async Task A_number_that_was_given_up_is_anybodys_whatever_comes_late()
    {
        var taken = Happened.In(Workspace, new OwnNumberChanged(Own, IsOwn: true));
        var given = Happened.In(Workspace, new OwnNumberChanged(Own, IsOwn: false)) with { OccurredAt = taken.OccurredAt.AddMinutes(1) };

        await DeliverAsync(given);
        await DeliverAsync(taken);

        Assert.Equal(HttpStatusCode.Created, (await Client.PostAsync("/v1/contacts", Answers.Json($$"""{"phone":"{{Own}}"}"""))).StatusCode);
    }
}
