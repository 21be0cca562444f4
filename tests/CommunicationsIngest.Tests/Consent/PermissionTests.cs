using System.Net;
using System.Text.Json;
using CommunicationsIngest.Consent;
using CommunicationsIngest.Tests.Texts;
using Messages;
using Messages.Contacts;
using Testing;

namespace CommunicationsIngest.Tests.Consent;

public sealed class PermissionTests(PostgresFixture postgres)
{
    private const string Maria = "+16045550142";

    [Theory]
    [InlineData("text", "automated", 12, "", "", "")]
    [InlineData("text", "automated", 12, "opt-out", "opt_out", "")]
    [InlineData("text", "manual", 12, "opt-out", "", "opt_out")]
    [InlineData("call", "automated", 12, "opt-out", "opt_out", "")]
    [InlineData("call", "automated", 12, "Do Not Call", "do_not_call", "")]
    [InlineData("call", "manual", 12, "do not call", "do_not_call", "")]
    [InlineData("text", "automated", 12, "Do Not Call,VIP", "", "")]
    [InlineData("text", "automated", 22, "", "quiet_hours", "")]
    [InlineData("text", "manual", 22, "", "", "quiet_hours")]
    [InlineData("call", "automated", 7, "opt-out,Do Not Call", "opt_out,do_not_call,quiet_hours", "")]
    [InlineData("call", "manual", 7, "opt-out,Do Not Call", "do_not_call", "opt_out,quiet_hours")]
    [InlineData("chat", "automated", 22, "", "no_chat", "")]
    public async Task Every_reason_is_told(string channel, string kind, int hourInVancouver, string tags, string reasons, string warnings)
    {
        using var twilio = new FakeTwilio();
        await using var communications = await twilio.StartAsync(postgres, FakeTwilio.Noon.AddHours(hourInVancouver - 12));
        var maria = new PersonCard { Identities = [new(IdentityKind.Phone, Maria, true)], Tags = tags.Split(',', StringSplitOptions.RemoveEmptyEntries) };
        await maria.DeliverAsync(communications);

        var answer = await communications.GetAsync($"/v1/contacts/{maria.Id}/can-contact?channel={channel}&kind={kind}");

        Assert.Equal(reasons, Codes(answer, "reasons"));
        Assert.Equal(warnings, Codes(answer, "warnings"));
        Assert.Equal(reasons.Length == 0, answer.GetProperty("allowed").GetBoolean());
        if (channel != "chat")
        {
            Assert.Equal(Maria, answer.GetProperty("identity").GetProperty("value").GetString());
        }
    }

    [Fact]
    public async Task The_contacts_own_time_zone_goes_before_the_numbers()
    {
        using var twilio = new FakeTwilio();
        await using var communications = await twilio.StartAsync(postgres);
        var maria = new PersonCard { Identities = [new(IdentityKind.Phone, Maria, true)], TimeZone = "Europe/Berlin" };
        await maria.DeliverAsync(communications);

        var answer = await communications.GetAsync($"/v1/contacts/{maria.Id}/can-contact?channel=text");

        // 21:00 in Berlin: until 8:00 there.
        Assert.Equal("quiet_hours", Codes(answer, "reasons"));
        Assert.Equal(FakeTwilio.Noon.AddHours(11), answer.GetProperty("reasons")[0].GetProperty("until").GetDateTimeOffset());
    }

    [Fact]
    public async Task Without_a_number_or_deleted_or_unknown_nobody_can_be_reached()
    {
        await using var communications = await Communications.StartAsync(postgres);
        var maria = new PersonCard { Identities = [new(IdentityKind.Email, "maria@example.com", true)] };
        await maria.DeliverAsync(communications);

        var answer = await communications.GetAsync($"/v1/contacts/{maria.Id}/can-contact?channel=call");
        Assert.Equal("no_number", Codes(answer, "reasons"));
        Assert.Equal(JsonValueKind.Null, answer.GetProperty("identity").ValueKind);
        await communications.Factory.DeliverAsync(Happened.In(communications.WorkspaceId, new ContactDeleted(maria.Id, 9)));
        Assert.Equal("contact_deleted", Codes(await communications.GetAsync($"/v1/contacts/{maria.Id}/can-contact"), "reasons"));
        Assert.Equal(HttpStatusCode.NotFound, (await communications.Api.GetAsync($"/v1/contacts/{Guid.CreateVersion7()}/can-contact")).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await communications.Api.GetAsync($"/v1/contacts/{maria.Id}/can-contact?channel=fax")).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await communications.Api.GetAsync($"/v1/contacts/{maria.Id}/can-contact?kind=2")).StatusCode);
    }

    [Theory]
    // One zone: Vancouver, 8 hours behind UTC in winter, 7 in summer.
    [InlineData("2026-01-15T16:00Z", null, "+16045550142", null)]
    [InlineData("2026-01-15T15:59Z", null, "+16045550142", "2026-01-15T16:00Z")]
    [InlineData("2026-01-15T04:59Z", null, "+16045550142", null)]
    [InlineData("2026-01-15T05:00Z", null, "+16045550142", "2026-01-15T16:00Z")]
    [InlineData("2026-07-15T14:59Z", null, "+16045550142", "2026-07-15T15:00Z")]
    // The night of the clock change: 8:00 is an hour earlier in UTC.
    [InlineData("2026-03-08T08:00Z", null, "+16045550142", "2026-03-08T15:00Z")]
    // An area code in two zones (Nevada): inside the window in both.
    [InlineData("2026-01-15T15:30Z", null, "+17755550142", "2026-01-15T16:00Z")]
    [InlineData("2026-01-15T16:00Z", null, "+17755550142", null)]
    [InlineData("2026-01-16T04:30Z", null, "+17755550142", "2026-01-16T16:00Z")]
    // Toll-free: anywhere from Puerto Rico to Guam.
    [InlineData("2026-01-15T18:30Z", null, "+18005550142", "2026-01-15T22:00Z")]
    [InlineData("2026-01-15T22:30Z", null, "+18005550142", null)]
    // Elsewhere.
    [InlineData("2026-01-15T12:00Z", null, "+4930123456", null)]
    [InlineData("2026-01-15T12:00Z", "Asia/Tokyo", "+4930123456", "2026-01-15T23:00Z")]
    [InlineData("2026-01-15T12:00Z", "Asia/Nowhere", "+4930123456", null)]
    // Nowhere.
    [InlineData("2026-01-15T12:00Z", null, "+80012345678", "9999-12-31T23:59:59.9999999Z")]
    public void Quiet_hours_are_those_of_every_place_that_it_may_be(string now, string? timeZone, string number, string? until) =>
        Assert.Equal(until is null ? null : Time(until), QuietHours.Until(Time(now), timeZone, number));

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private static string Codes(JsonElement answer, string list) =>
        string.Join(',', answer.GetProperty(list).EnumerateArray().Select(reason => reason.GetProperty("code").GetString()));
}
