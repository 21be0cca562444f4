using Messages;
using Messages.CommunicationsIngest;
using Messages.Contacts;
using Testing;
using static Contacts.Tests.Captures.Said;

namespace Contacts.Tests.Consent;

public sealed class FollowConsentTests(ContactsService service) : ContactsTests(service)
{
    private const string Phone = "+16045551234";

    [Fact]
    public async Task Stop_sets_the_tag_and_start_clears_it_with_the_evidence_in_the_history()
    {
        var contact = await CreateAsync("""{"phone":"+16045551234","tags":["VIP"]}""");
        var message = Guid.CreateVersion7();

        await DeliverAsync(Consent(Phone, optedOut: true, Noon, message, "STOP"));
        Assert.Equal(["opt-out", "VIP"], (await GetAsync(contact))["tags"].Texts());
        await DeliverAsync(Consent(Phone, optedOut: false, Noon.AddMinutes(1), message, "START"));

        Assert.Equal(["VIP"], (await GetAsync(contact))["tags"].Texts());
        var history = (await (await Client.GetAsync($"/v1/contacts/{contact["id"]}/history")).JsonAsync())["data"]!.AsArray();
        Assert.Equal(["consent_changed", "consent_changed", "created"], history.Select(entry => (string?)entry!["kind"]));
        Assert.Equal(("STOP", message), ((string?)history[1]!["evidence"]!["quote"], (Guid)history[1]!["evidence"]!["message_id"]!));
        Assert.Equal("Consent changed: tag opt-out added.", (string?)history[1]!["summary"]);
    }

    [Fact]
    public async Task The_later_said_holds_in_any_order_and_repeated()
    {
        var contact = await CreateAsync("""{"phone":"+16045551234"}""");
        var start = Consent(Phone, optedOut: false, Noon.AddMinutes(1));
        var stop = Consent(Phone, optedOut: true, Noon);

        await DeliverAsync(start);
        await DeliverAsync(stop);
        await DeliverAsync(stop, start);

        Assert.Empty((await GetAsync(contact))["tags"].Texts());
    }

    [Fact]
    public async Task Of_two_said_at_the_same_moment_the_refusal_holds()
    {
        var contact = await CreateAsync("""{"phone":"+16045551234"}""");

        await DeliverAsync(Consent(Phone, optedOut: true, Noon));
        await DeliverAsync(Consent(Phone, optedOut: false, Noon));

        Assert.Equal(["opt-out"], (await GetAsync(contact))["tags"].Texts());
    }

    [Fact]
    public async Task Said_before_there_is_a_contact_it_holds_for_whoever_gets_the_identity()
    {
        await DeliverAsync(Consent(Phone, optedOut: true, Noon), Consent("+16045552222", optedOut: true, Noon), Consent("+16045553333", optedOut: true, Noon));

        await DeliverAsync(Interaction(Phone));
        var created = await CreateAsync("""{"phone":"+16045552222"}""");
        var gaining = await CreateAsync("""{"phone":"+16045554444"}""");
        await PatchAsync(gaining, """{"phones":["+16045554444","+16045553333"]}""");

        Assert.Equal(["opt-out"], (await ListAsync("?phone=%2B16045551234"))[0]!["tags"].Texts());
        Assert.Equal(["opt-out"], created["tags"].Texts());
        Assert.Equal(["opt-out"], (await GetAsync(gaining))["tags"].Texts());
        var tag = (await (await Client.GetAsync("/v1/tags")).JsonAsync())["data"]!.AsArray().Single(one => (string?)one!["name"] == "opt-out")!;
        Assert.True((bool)tag["is_system"]!);
    }

    [Fact]
    public async Task One_identity_that_opted_out_keeps_the_whole_contact_opted_out()
    {
        var contact = await CreateAsync("""{"phones":["+16045551234","+16045552222"]}""");

        await DeliverAsync(Consent(Phone, optedOut: true, Noon), Consent("+16045552222", optedOut: true, Noon));
        await DeliverAsync(Consent(Phone, optedOut: false, Noon.AddMinutes(1)));
        Assert.Equal(["opt-out"], (await GetAsync(contact))["tags"].Texts());
        await DeliverAsync(Consent("+16045552222", optedOut: false, Noon.AddMinutes(1)));

        Assert.Empty((await GetAsync(contact))["tags"].Texts());
    }

    [Fact]
    public async Task Said_while_the_contact_is_made_it_is_not_missed()
    {
        for (var round = 0; round < 20; round++)
        {
            var phone = $"+1604555{3000 + round}";
            await Task.WhenAll(DeliverAsync(Interaction(phone)), DeliverAsync(Consent(phone, optedOut: true, Noon)));
            Assert.Equal(["opt-out"], (await ListAsync($"?phone={Uri.EscapeDataString(phone)}"))[0]!["tags"].Texts());
        }
    }

    [Theory]
    [InlineData("anonymous")]
    [InlineData("12345")]
    public async Task Nobodys_consent_is_nothing(string callerId)
    {
        await DeliverAsync(Consent(callerId, optedOut: true, Noon, quote: "a\0b"), Consent(Phone, optedOut: true, Noon, quote: "a\0b"));

        Assert.Empty(await ListAsync());
    }

    private Event<ConsentChanged> Consent(string phone, bool optedOut, DateTimeOffset at, Guid? messageId = null, string? quote = null) =>
        Happened.In(Workspace, new ConsentChanged(new Participant(IdentityKind.Phone, phone), optedOut, at, messageId, quote));
}
