using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Messages;
using Messages.CommunicationsIngest;
using Messages.Contacts;

namespace Contacts.Tests.Activity;

public sealed class RecordInteractionsTests(ContactsService service) : ContactsTests(service)
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Who_gets_in_touch_becomes_a_contact_and_is_counted()
    {
        var conversation = Guid.CreateVersion7();

        await DeliverAsync(
            Interaction("+16045551234", Channel.Text, Noon, conversation),
            Interaction("+16045551234", Channel.Text, Noon.AddMinutes(1), conversation),
            Interaction("+16045551234", Channel.Call, Noon.AddMinutes(2))
        );

        var contact = Assert.Single(await ListAsync())!;
        Assert.Equal("+16045551234", (string?)contact["phone"]);
        Assert.Equal("system", (string?)contact["source"]);
        Assert.Equal(1, (int)contact["version"]!);
        Assert.Equal((2, 1, 0), Counts(contact));
        Assert.Equal(Noon.AddMinutes(2), (DateTimeOffset)contact["last_contact_at"]!);
        Assert.Equal((Guid)contact["id"]!, Assert.Single(await SentAsync<ContactChanged>()).Data.Contact.Id);
        var activity = Assert.Single(await SentAsync<ContactActivityChanged>()).Data;
        Assert.Equal((1, 1, 2, 0), (activity.Version, activity.CallCount, activity.MessageCount, activity.ChatCount));
        Assert.Equal(2, activity.ConversationIds.Count);
        Assert.Contains(conversation, activity.ConversationIds);
    }

    [Fact]
    public async Task Who_is_known_is_counted_and_not_changed()
    {
        var contact = await CreateAsync("""{"phone":"+16045551234","name":"John Smith"}""");

        await DeliverAsync(Interaction("+16045551234", Channel.Call, Noon));
        await DeliverAsync(Interaction("+16045551234", Channel.Call, Noon.AddHours(-1)));

        var after = await GetAsync(contact);
        Assert.Equal((0, 2, 0), Counts(after));
        Assert.Equal(Noon, (DateTimeOffset)after["last_contact_at"]!);
        Assert.Equal((string?)contact["updated_at"], (string?)after["updated_at"]);
        Assert.Single(await SentAsync<ContactChanged>());
        Assert.Equal([1, 2], (await SentAsync<ContactActivityChanged>()).Select(e => e.Data.Version));
    }

    [Fact]
    public async Task The_same_delivery_again_counts_nothing()
    {
        var interaction = Interaction("+16045551234");

        await DeliverAsync(interaction, interaction);
        await DeliverAsync(interaction);

        Assert.Equal((1, 0, 0), Counts(Assert.Single(await ListAsync())!));
        Assert.Single(await SentAsync<ContactActivityChanged>());
    }

    [Fact]
    public async Task Fifty_first_texts_at_once_make_one_contact()
    {
        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => DeliverAsync(Interaction("+16045551234"))));

        Assert.Equal((50, 0, 0), Counts(Assert.Single(await ListAsync())!));
        Assert.Single(await SentAsync<ContactChanged>());
        Assert.Equal(Enumerable.Range(1, 50).Select(i => (long)i), (await SentAsync<ContactActivityChanged>()).Select(e => e.Data.Version).Order());
    }

    [Fact]
    public async Task Batches_that_overlap_in_any_order_neither_lose_nor_double()
    {
        var people = Enumerable.Range(0, 40).Select(i => $"+1604555{1000 + i}").ToArray();

        await Task.WhenAll(
            Enumerable.Range(0, 8).Select(i => DeliverAsync([.. (i % 2 == 0 ? people : people.Reverse()).Select(phone => Interaction(phone, Channel.Call))]))
        );

        var contacts = await ListAsync("?limit=200");
        Assert.Equal(people, contacts.Select(contact => (string?)contact!["phone"]).Order());
        Assert.All(contacts, contact => Assert.Equal((0, 8, 0), Counts(contact!)));
        Assert.Equal(40, (await SentAsync<ContactChanged>()).Count);
    }

    [Fact]
    public async Task Created_by_hand_and_by_a_text_at_once_is_one_contact()
    {
        await Task.WhenAll(
            Enumerable
                .Range(0, 20)
                .Select(async i =>
                {
                    if (i % 2 == 0)
                    {
                        await DeliverAsync(Interaction("+16045551234"));
                    }
                    else
                    {
                        await Client.PostAsync("/v1/contacts", Answers.Json("""{"phone":"+16045551234"}"""));
                    }
                })
        );

        Assert.Equal((10, 0, 0), Counts(Assert.Single(await ListAsync())!));
    }

    [Fact]
    public async Task Deleting_while_texts_come_in_loses_no_text_of_after_it()
    {
        var later = TimeProvider.System.GetUtcNow().AddMinutes(1);
        for (var round = 0; round < 5; round++)
        {
            await Task.WhenAll(
                DeliverAsync(Interaction("+16045551234", at: later)),
                DeliverAsync(Interaction("+16045551234", at: later)),
                Task.Run(async () =>
                {
                    foreach (var contact in await ListAsync())
                    {
                        await Client.DeleteAsync($"/v1/contacts/{contact!["id"]}");
                    }
                })
            );
        }

        Assert.True((await ListAsync()).Count <= 1);
        Assert.Equal(10, (await SentAsync<ContactActivityChanged>()).Count);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("anonymous")]
    [InlineData("+266696687")]
    [InlineData("12345")]
    public async Task Hidden_callers_and_short_codes_make_nothing(string? callerId)
    {
        await DeliverAsync(Interaction(callerId), Interaction("+16045551234"));

        Assert.Equal("+16045551234", (string?)Assert.Single(await ListAsync())!["phone"]);
        Assert.Single(await SentAsync<ContactActivityChanged>());
    }

    [Fact]
    public async Task A_chat_form_fills_what_is_empty_and_overwrites_nothing()
    {
        await DeliverAsync(Chat("visitor-1", at: Noon));
        await DeliverAsync(Chat("visitor-1", "Jane  Doe", "Jane@Example.com", "+16045551234", Noon.AddMinutes(1)));
        await DeliverAsync(Chat("visitor-1", "Somebody Else", "else@example.com", "+16045559999", Noon.AddMinutes(2)));

        var contact = Assert.Single(await ListAsync())!;
        Assert.Equal("Jane Doe", (string?)contact["name"]);
        Assert.Equal("Doe", (string?)contact["last_name"]);
        Assert.Equal(["jane@example.com"], contact["emails"].Texts());
        Assert.Equal(["+16045551234"], contact["phones"].Texts());
        Assert.Equal(2, (int)contact["version"]!);
        Assert.Equal((0, 0, 3), Counts(contact));
        var changes = await SentAsync<ContactChanged>();
        Assert.Equal(2, changes.Count);
        Assert.Equal(["name", "first_name", "last_name", "identities"], changes[1].Data.Changed);
    }

    [Fact]
    public async Task A_first_chat_with_a_form_is_one_contact_with_all_of_it()
    {
        await DeliverAsync(Chat("visitor-1", "Jane Doe", "jane@example.com", "+16045551234"));

        var contact = Assert.Single(await ListAsync())!;
        Assert.Equal(("Jane Doe", "jane@example.com", "+16045551234", 1), Card(contact));
        Assert.Equal(3, Assert.Single(await SentAsync<ContactChanged>()).Data.Contact.Identities.Count);
    }

    [Fact]
    public async Task What_a_stranger_types_does_not_make_him_somebody_else()
    {
        var known = await CreateAsync("""{"phone":"+16045551234","email":"john@example.com","name":"John"}""");

        await DeliverAsync(Chat("visitor-1", "Mallory", "john@example.com", "+16045551234"));

        Assert.Equal(2, (await ListAsync()).Count);
        Assert.Equal(0, (int)(await GetAsync(known))["chat_count"]!);
        var stranger = (await ListAsync()).Single(contact => (string?)contact!["name"] == "Mallory")!;
        Assert.Null(stranger["email"]);
        Assert.Null(stranger["phone"]);
    }

    [Theory]
    [InlineData("\0", "a@b")]
    [InlineData("", "not an email")]
    public async Task What_a_form_says_wrongly_is_left_out(string name, string email)
    {
        await DeliverAsync(Chat("visitor-1", name, email, "+266696687"));

        var contact = Assert.Single(await ListAsync())!;
        Assert.Equal((null, null, null, 1), Card(contact));
    }

    /// <summary>Ten interactions of three people: whatever the order, the batches and the repetitions, the contacts end the same.</summary>
    [Property(MaxTest = 25)]
    public Property Disorder_and_repetition_end_the_same() =>
        Prop.ForAll(
            ArbMap.Default.ArbFor<int>(),
            seed =>
            {
#pragma warning disable xUnit1031 // FsCheck runs properties synchronously.
                EndsTheSameAsync(seed).GetAwaiter().GetResult();
#pragma warning restore xUnit1031
            }
        );

    private async Task EndsTheSameAsync(int seed)
    {
        var random = new Random(seed);
        // New people in every run, also where FsCheck repeats a seed.
        var people = Enumerable.Range(0, 3).Select(_ => $"+1604{Random.Shared.NextInt64(2_000_000, 9_999_999)}").Distinct().ToArray();
        var interactions = Enumerable
            .Range(0, 10)
            .Select(i => Interaction(people[random.Next(people.Length)], (Channel)random.Next(2), Noon.AddSeconds(random.Next(-1000, 1000))))
            .ToArray();
        var delivered = interactions.Concat(interactions.Where(_ => random.Next(2) == 0)).ToArray();
        random.Shuffle(delivered);

        foreach (var batch in delivered.Chunk(random.Next(1, 6)))
        {
            await DeliverAsync(batch);
        }

        foreach (var person in interactions.GroupBy(e => e.Data.Participant!.Value))
        {
            var contact = Assert.Single(await ListAsync($"?phone={Uri.EscapeDataString(person.Key)}"))!;
            Assert.Equal((person.Count(e => e.Data.Channel == Channel.Text), person.Count(e => e.Data.Channel == Channel.Call), 0), Counts(contact));
            Assert.Equal(person.Max(e => e.Data.At), (DateTimeOffset)contact["last_contact_at"]!);
        }
    }

    private Event<InteractionRecorded> Chat(string visitor, string? name = null, string? email = null, string? phone = null, DateTimeOffset? at = null) =>
        Interaction(null, Channel.Chat, at, participant: new Participant(IdentityKind.ChatVisitor, visitor, name, email, phone));

    private static (int Texts, int Calls, int Chats) Counts(JsonNode contact) =>
        ((int)contact["message_count"]!, (int)contact["call_count"]!, (int)contact["chat_count"]!);

    private static (string?, string?, string?, int) Card(JsonNode contact) =>
        ((string?)contact["name"], (string?)contact["email"], (string?)contact["phone"], (int)contact["version"]!);
}
