using System.Text.Json.Nodes;
using Messages;
using Messages.CommunicationsIngest;
using Messages.Contacts;
using Testing;
using static Contacts.Tests.Captures.Said;

namespace Contacts.Tests.Captures;

public sealed class TakeCapturedDetailsTests(ContactsService service) : ContactsTests(service)
{
    private const string Phone = "+16045551234";
    private static readonly Guid Call = Guid.CreateVersion7();

    [Fact]
    public async Task What_is_empty_is_filled_with_its_evidence()
    {
        var contact = await CreateAsync("""{"phone":"+16045551234"}""");

        await DeliverAsync(By(Workspace, Phone, Noon, Call, ("name", "John  Smith"), ("email", "John@Example.com"), ("company", "Acme")));

        var after = await GetAsync(contact);
        Assert.Equal("John Smith", (string?)after["name"]);
        Assert.Equal("Smith", (string?)after["last_name"]);
        Assert.Equal("john@example.com", (string?)after["email"]);
        Assert.Equal("Acme", (string?)after["company"]);
        var provenance = await ProvenanceAsync(contact);
        Assert.Equal(("agent", "capture"), ((string?)provenance["name"]!["source"], (string?)provenance["name"]!["actor"]));
        Assert.Equal("it is John  Smith", (string?)provenance["name"]!["evidence"]!["quote"]);
        Assert.Equal(Call, (Guid)provenance["email"]!["evidence"]!["conversation_id"]!);
        Assert.Equal(Noon, (DateTimeOffset)provenance["company"]!["at"]!);
        Assert.Equal("api", (string?)provenance["phone"]!["source"]);
        Assert.Empty(await SuggestionsAsync());
    }

    [Fact]
    public async Task What_a_person_entered_stays_and_the_other_value_waits()
    {
        var contact = await CreateAsync("""{"phone":"+16045551234","name":"John Smith","company":"Acme","email":"john@example.com"}""");

        await DeliverAsync(By(Workspace, Phone, Noon, Call, ("name", "Peter Pan"), ("company", "ACME"), ("email", "peter@example.com"), ("last_name", "Pan")));

        Assert.Equal((await GetAsync(contact)).ToJsonString(), contact.ToJsonString());
        var waiting = await SuggestionsAsync();
        Assert.Equal(["email", "name"], waiting.Select(one => (string?)one!["field"]).Order());
        var name = waiting.Single(one => (string?)one!["field"] == "name")!;
        Assert.Equal(("Peter Pan", "John Smith"), ((string?)name["value"], (string?)name["current"]));
        Assert.Equal("it is Peter Pan", (string?)name["evidence"]!["quote"]);
    }

    [Theory]
    [InlineData("name", "john")]
    [InlineData("name", "JOHN SMITH")]
    [InlineData("last_name", "smith")]
    [InlineData("company", "acme  corp")]
    public async Task What_the_contact_says_already_is_nothing(string field, string value)
    {
        var contact = await CreateAsync("""{"phone":"+16045551234","name":"John Smith","company":"Acme Corp"}""");

        await DeliverAsync(By(Workspace, Phone, Noon, Call, (field, value)));

        Assert.Equal((await GetAsync(contact)).ToJsonString(), contact.ToJsonString());
        Assert.Empty(await SuggestionsAsync());
    }

    [Fact]
    public async Task Of_two_captures_the_later_said_holds_in_any_order()
    {
        var contact = await CreateAsync("""{"phone":"+16045551234"}""");

        await DeliverAsync(By(Workspace, Phone, Noon.AddMinutes(2), Call, ("company", "Beta")));
        await DeliverAsync(By(Workspace, Phone, Noon.AddMinutes(1), Call, ("company", "Alpha")));
        Assert.Equal("Beta", (string?)(await GetAsync(contact))["company"]);
        await DeliverAsync(By(Workspace, Phone, Noon.AddMinutes(3), Call, ("company", "Alpha")));

        Assert.Equal("Alpha", (string?)(await GetAsync(contact))["company"]);
        Assert.Empty(await SuggestionsAsync());
    }

    [Fact]
    public async Task A_fuller_name_is_not_lost_to_a_shorter_one()
    {
        var contact = await CreateAsync("""{"phone":"+16045551234"}""");

        await DeliverAsync(By(Workspace, Phone, Noon, Call, ("first_name", "John"), ("last_name", "Smith")));
        await DeliverAsync(By(Workspace, Phone, Noon.AddDays(1), Call, ("name", "John")));

        Assert.Equal("John Smith", (string?)(await GetAsync(contact))["name"]);
        Assert.Equal(2, (int)(await GetAsync(contact))["version"]!);
    }

    [Fact]
    public async Task A_second_email_waits_and_the_first_said_is_the_one()
    {
        var contact = await CreateAsync("""{"phone":"+16045551234"}""");

        await DeliverAsync(By(Workspace, Phone, Noon.AddMinutes(2), Call, ("email", "late@example.com")));
        await DeliverAsync(By(Workspace, Phone, Noon.AddMinutes(1), Call, ("email", "early@example.com")));

        Assert.Equal(["early@example.com"], (await GetAsync(contact))["emails"].Texts());
        Assert.Equal("late@example.com", (string?)Assert.Single(await SuggestionsAsync())!["value"]);
    }

    [Fact]
    public async Task Another_contacts_email_stays_there()
    {
        var owner = await CreateAsync("""{"phone":"+16045559999","email":"john@example.com"}""");
        var contact = await CreateAsync("""{"phone":"+16045551234"}""");

        await DeliverAsync(By(Workspace, Phone, Noon, Call, ("email", "john@example.com")));

        Assert.Null((await GetAsync(contact))["email"]);
        Assert.Equal("john@example.com", (string?)(await GetAsync(owner))["email"]);
        Assert.Empty(await SuggestionsAsync());
        var (claimed, from) = Assert.Single(await ClaimsAsync());
        Assert.Equal(((Guid)contact["id"]!, (Guid)owner["id"]!), (claimed, from));
    }

    [Fact]
    public async Task What_was_heard_before_the_call_was_recorded_waits_for_it()
    {
        await DeliverAsync(By(Workspace, Phone, Noon, Call, ("name", "John Smith")));
        Assert.Empty(await ListAsync());

        await DeliverAsync(Interaction(Phone, Channel.Call, Noon, Call));

        Assert.Equal("John Smith", (string?)Assert.Single(await ListAsync())!["name"]);
        Assert.Equal("John Smith", Assert.Single(await SentAsync<ContactChanged>()).Data.Contact.Name);
    }

    [Fact]
    public async Task What_was_cleared_by_hand_does_not_come_back_unless_it_is_said_again()
    {
        var contact = await CreateAsync("""{"phone":"+16045551234"}""");
        await DeliverAsync(By(Workspace, Phone, Noon, Call, ("company", "Acme")));
        await PatchAsync(contact, """{"company":null}""");

        await DeliverAsync(By(Workspace, Phone, Noon.AddMinutes(-1), Call, ("company", "Old Acme")));
        Assert.Null((await GetAsync(contact))["company"]);
        await DeliverAsync(By(Workspace, Phone, TimeProvider.System.GetUtcNow().AddMinutes(1), Call, ("company", "Acme")));

        Assert.Equal("Acme", (string?)(await GetAsync(contact))["company"]);
    }

    [Theory]
    [InlineData("email", "not an email")]
    [InlineData("phone", "12")]
    [InlineData("language", "klingon-ish")]
    [InlineData("time_zone", "Mars/Phobos")]
    [InlineData("name", "\0")]
    [InlineData("notes", "an agent writes no notes")]
    [InlineData("tags", "VIP")]
    [InlineData("", "")]
    public async Task What_is_no_value_of_its_field_is_dropped(string field, string value)
    {
        var contact = await CreateAsync("""{"phone":"+16045551234"}""");

        await DeliverAsync(By(Workspace, Phone, Noon, Call, (field, value), ("company", "Acme")));

        Assert.Equal("Acme", (string?)(await GetAsync(contact))["company"]);
        Assert.Equal(2, (int)(await GetAsync(contact))["version"]!);
    }

    [Fact]
    public async Task A_phone_on_which_different_people_give_their_names_is_shared()
    {
        var contact = await CreateAsync("""{"phone":"+16045551234"}""");

        await DeliverAsync(By(Workspace, Phone, Noon, Guid.CreateVersion7(), ("name", "John Smith")));
        await DeliverAsync(By(Workspace, Phone, Noon.AddMinutes(1), Guid.CreateVersion7(), ("name", "Jon")));
        Assert.False(await IsSharedAsync(contact));
        await DeliverAsync(By(Workspace, Phone, Noon.AddMinutes(2), Guid.CreateVersion7(), ("name", "Mary")));

        Assert.True(await IsSharedAsync(contact));
    }

    [Fact]
    public async Task The_businesss_own_number_is_nobodys_phone()
    {
        await DeliverAsync(Happened.In(Workspace, new OwnNumberChanged("+16045550100", IsOwn: true)));
        var contact = await CreateAsync("""{"email":"john@example.com"}""");

        await DeliverAsync(By(Workspace, new Participant(IdentityKind.Email, "john@example.com"), Noon, Call, ("phone", "+16045550100"), ("company", "Acme")));

        Assert.Null((await GetAsync(contact))["phone"]);
        Assert.Equal("Acme", (string?)(await GetAsync(contact))["company"]);
    }

    [Fact]
    public async Task Two_names_in_one_conversation_are_a_correction()
    {
        var contact = await CreateAsync("""{"phone":"+16045551234"}""");

        await DeliverAsync(By(Workspace, Phone, Noon, Call, ("name", "John")), By(Workspace, Phone, Noon.AddMinutes(1), Call, ("name", "Mary")));

        Assert.False(await IsSharedAsync(contact));
        Assert.Equal("Mary", (string?)(await GetAsync(contact))["name"]);
    }

    [Fact]
    public async Task A_batch_of_many_people_keeps_them_apart()
    {
        var phones = Enumerable.Range(0, 30).Select(i => $"+1604555{2000 + i}").ToArray();
        await DeliverAsync([.. phones.Select(phone => Interaction(phone))]);

        await DeliverAsync([.. phones.Select((phone, i) => By(Workspace, phone, Noon, Call, ("name", $"Person {i}"), ("email", $"p{i}@example.com")))]);

        var contacts = (await ListAsync("?limit=200")).ToDictionary(contact => (string)contact!["phone"]!);
        Assert.All(phones.Select((phone, i) => (phone, i)), one => Assert.Equal($"Person {one.i}", (string?)contacts[one.phone]!["name"]));
        Assert.All(phones.Select((phone, i) => (phone, i)), one => Assert.Equal($"p{one.i}@example.com", (string?)contacts[one.phone]!["email"]));
    }

    private async Task<bool> IsSharedAsync(JsonNode contact) =>
        (bool)(await (await Client.GetAsync($"/v1/contacts/{contact["id"]}/identities")).JsonAsync())["data"]![0]!["is_shared"]!;

    private async Task<Dictionary<string, JsonNode>> ProvenanceAsync(JsonNode contact) =>
        (await (await Client.GetAsync($"/v1/contacts/{contact["id"]}/provenance")).JsonAsync())["data"]!
            .AsArray()
            .ToDictionary(one => (string)one!["field"]!, one => one!);

    private async Task<JsonArray> SuggestionsAsync() => (await (await Client.GetAsync("/v1/suggestions")).JsonAsync())["data"]!.AsArray();

    private async Task<IReadOnlyList<(Guid, Guid)>> ClaimsAsync()
    {
        await using var work = Begin();
        return await work.QueryAsync<(Guid, Guid)>("SELECT contact_id, owner_id FROM identity_claims");
    }
}
