using Messages;
using Messages.CommunicationsIngest;
using Messages.Contacts;
using Testing;
using static Contacts.Tests.Captures.Said;

namespace Contacts.Tests.Captures;

/// <summary>Calls, words, forms, consent and people at the same moment.</summary>
public sealed class CaptureRaceTests(ContactsService service) : ContactsTests(service)
{
    [Fact]
    public async Task What_is_heard_at_once_is_all_there_and_overwrites_no_person()
    {
        var contact = await CreateAsync("""{"phone":"+16045551234"}""");

        await Task.WhenAll([
            .. Enumerable
                .Range(0, 10)
                .Select(i => DeliverAsync(By(Workspace, "+16045551234", Noon.AddMinutes(i), Guid.CreateVersion7(), ("company", $"C{i}")))),
            .. Enumerable.Range(0, 5).Select(i => DeliverAsync(By(Workspace, "+16045551234", Noon, Guid.CreateVersion7(), ("email", "j@example.com")))),
            PatchAsync(contact, """{"name":"John Smith"}"""),
            DeliverAsync(By(Workspace, "+16045551234", Noon, Guid.CreateVersion7(), ("name", "Peter Pan"))),
        ]);

        var after = await GetAsync(contact);
        Assert.Equal(("C9", "j@example.com", "John Smith"), ((string?)after["company"], (string?)after["email"], (string?)after["name"]));
        var history = (await (await Client.GetAsync($"/v1/contacts/{contact["id"]}/history?limit=200")).JsonAsync())["data"]!.AsArray();
        Assert.Equal((int)after["version"]!, history.Count);
    }

    [Fact]
    public async Task Everything_at_once_on_the_same_people_ends_as_it_should()
    {
        var phones = Enumerable.Range(0, 12).Select(i => $"+1604555{4000 + i}").ToArray();
        var stops = phones.Select(phone => new Participant(IdentityKind.Phone, phone)).ToArray();

        await Task.WhenAll([
            .. Rounds(phones, phone => Interaction(null, Channel.Text, participant: new(IdentityKind.Phone, phone, "Jane Doe", $"a{phone[1..]}@example.com"))),
            .. Rounds(phones, phone => By(Workspace, phone, Noon, Guid.CreateVersion7(), ("company", "Acme"), ("name", "Jane"))),
            .. Rounds(stops, person => Happened.In(Workspace, new ConsentChanged(person, true, Noon, null, "STOP"))),
        ]);

        var contacts = await ListAsync("?limit=200");
        Assert.Equal(phones, contacts.Select(contact => (string?)contact!["phone"]).Order());
        Assert.All(
            contacts,
            contact =>
            {
                Assert.Equal(("Jane Doe", "Acme", 4), ((string?)contact!["name"], (string?)contact["company"], (int)contact["message_count"]!));
                Assert.Equal(["opt-out"], contact["tags"].Texts());
                Assert.Single(contact["emails"].Texts());
            }
        );
    }

    /// <summary>Four deliveries of all of them, in different orders. A deadlock is tried again, as the broker's retry does.</summary>
    private IEnumerable<Task> Rounds<TPerson, T>(TPerson[] people, Func<TPerson, Event<T>> happened)
        where T : class =>
        Enumerable
            .Range(0, 4)
            .Select(async i =>
            {
                var events = people.Select(happened).ToArray();
                Random.Shared.Shuffle(events);
                for (var attempt = 0; ; attempt++)
                {
                    try
                    {
                        await DeliverAsync(events);
                        return;
                    }
                    catch (Exception exception) when (ServiceDefaults.Postgres.Transient.Is(exception) && attempt < 10)
                    {
                        TestContext.Current.TestOutputHelper?.WriteLine($"Try {attempt + 1} of {typeof(T).Name} met {exception.Message}");
                    }
                }
            });
}
