using CommunicationsIngest.Tests.Texts;
using Messages;
using Messages.Contacts;
using Testing;

namespace CommunicationsIngest.Tests.Consent;

public sealed class FollowDoNotCallTests(PostgresFixture postgres)
{
    private const string Maria = "+16045550142";

    [Theory]
    [InlineData(ActorKind.Person, true)]
    [InlineData(ActorKind.Import, false)]
    [InlineData(ActorKind.Crm, false)]
    [InlineData(ActorKind.Agent, false)]
    public async Task Only_a_person_takes_the_refusal_back(ActorKind by, bool isTakenBack)
    {
        using var twilio = new FakeTwilio();
        await using var communications = await twilio.StartAsync(postgres);
        var maria = new PersonCard { Identities = [new(IdentityKind.Phone, Maria, true)], Tags = ["VIP", "Do Not Call"] };

        await maria.DeliverAsync(communications, by, FakeTwilio.Noon);
        await maria.DeliverAsync(communications, by, FakeTwilio.Noon.AddMinutes(1));
        Assert.False(await MayCallAsync(communications, maria));
        maria.Tags = ["VIP"];
        await maria.DeliverAsync(communications, by, FakeTwilio.Noon.AddMinutes(2));

        Assert.Equal(isTakenBack, await MayCallAsync(communications, maria));
        Assert.Equal(isTakenBack ? "opted_out,opted_in" : "opted_out", await EntriesAsync(communications));
    }

    [Fact]
    public async Task A_card_that_never_had_the_tag_takes_nothing_back()
    {
        using var twilio = new FakeTwilio();
        await using var communications = await twilio.StartAsync(postgres);
        var maria = new PersonCard { Identities = [new(IdentityKind.Phone, Maria, true)] };
        await maria.DeliverAsync(communications);
        await communications.TextAsync(Maria, "stop calling me");

        maria.Tags = ["VIP"];
        await maria.DeliverAsync(communications, ActorKind.Person, FakeTwilio.Noon.AddHours(1));

        Assert.False(await MayCallAsync(communications, maria));
    }

    [Fact]
    public async Task An_event_that_comes_late_changes_nothing()
    {
        using var twilio = new FakeTwilio();
        await using var communications = await twilio.StartAsync(postgres);
        var maria = new PersonCard { Identities = [new(IdentityKind.Phone, Maria, true)] };
        await maria.DeliverAsync(communications, ActorKind.Person, FakeTwilio.Noon);
        maria.Tags = ["do not call"];
        await maria.DeliverAsync(communications, ActorKind.Person, FakeTwilio.Noon.AddMinutes(5));

        maria.Tags = [];
        await maria.DeliverAsync(communications, ActorKind.Person, FakeTwilio.Noon.AddMinutes(4));

        Assert.Equal("opted_out", await EntriesAsync(communications));
    }

    private static async Task<bool> MayCallAsync(Communications communications, PersonCard contact)
    {
        var answer = await communications.GetAsync($"/v1/contacts/{contact.Id}/can-contact?channel=call");
        return answer.GetProperty("allowed").GetBoolean();
    }

    private static Task<string> EntriesAsync(Communications communications) =>
        communications.SqlAsync<string>("SELECT string_agg(state, ',' ORDER BY id) FROM consent_entries WHERE covers = 'calls' AND source = 'tag'");
}
