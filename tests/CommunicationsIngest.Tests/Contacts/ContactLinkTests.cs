using System.Text.Json;
using Messages;
using Messages.Contacts;
using Testing;

namespace CommunicationsIngest.Tests.Contacts;

public sealed class ContactLinkTests(PostgresFixture postgres)
{
    private const string MariasNumber = "+16045550142";
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task The_first_conversation_is_linked_when_its_contact_is_made()
    {
        await using var communications = await Communications.StartAsync(postgres);
        var maria = Guid.CreateVersion7();
        await communications.TextAsync(MariasNumber, "Hello");
        var conversation = await communications.OnlyConversationAsync();
        Assert.Equal(JsonValueKind.Null, conversation.GetProperty("contact").ValueKind);

        await communications.Factory.DeliverAsync(Activity(communications, maria, conversation.GetProperty("id").GetGuid()));
        await communications.Factory.DeliverAsync(Card(communications, maria, 1, "Maria Lopez"));

        Assert.Equal(("Maria Lopez", maria), await ContactAsync(communications));
        var timeline = (await communications.GetAsync($"/v1/contacts/{maria}/timeline")).GetProperty("data");
        Assert.Equal("Hello", timeline[0].GetProperty("message").GetProperty("body").GetString());
    }

    [Fact]
    public async Task Somebody_known_is_linked_at_once()
    {
        await using var communications = await Communications.StartAsync(postgres);
        var maria = Guid.CreateVersion7();
        await communications.Factory.DeliverAsync(Card(communications, maria, 1, "Maria Lopez"));

        await communications.TextAsync(MariasNumber, "Hello");
        await communications.TwilioAsync(
            "/webhooks/twilio/calls",
            ("CallSid", "CA1"),
            ("From", MariasNumber),
            ("To", Communications.OwnNumber),
            ("CallStatus", "ringing")
        );

        var conversations = await communications.ConversationsAsync($"?contact_id={maria}");
        Assert.Equal(2, conversations.Length);
        Assert.All(conversations, c => Assert.Equal("Maria Lopez", c.GetProperty("contact").GetProperty("name").GetString()));
    }

    [Fact]
    public async Task Cards_in_any_order_end_the_same()
    {
        var cards = new[] { (1, "Maria"), (2, "Maria Lopez"), (3, "Maria L. Lopez") };
        foreach (var order in new[] { (0, 1, 2), (0, 2, 1), (1, 0, 2), (1, 2, 0), (2, 0, 1), (2, 1, 0) })
        {
            await using var communications = await Communications.StartAsync(postgres);
            var maria = Guid.CreateVersion7();
            foreach (var i in new[] { order.Item1, order.Item2, order.Item3 })
            {
                await communications.Factory.DeliverAsync(Card(communications, maria, cards[i].Item1, cards[i].Item2));
            }

            await communications.TextAsync(MariasNumber, "Hello");

            Assert.Equal(("Maria L. Lopez", maria), await ContactAsync(communications));
        }
    }

    [Fact]
    public async Task Cards_in_one_batch_end_at_the_newest()
    {
        await using var communications = await Communications.StartAsync(postgres);
        var maria = Guid.CreateVersion7();
        await communications.Factory.DeliverAsync(
            Card(communications, maria, 3, "Third"),
            Card(communications, maria, 1, "First"),
            Card(communications, maria, 2, "Second")
        );

        await communications.TextAsync(MariasNumber, "Hello");

        Assert.Equal(("Third", maria), await ContactAsync(communications));
    }

    [Fact]
    public async Task A_number_that_moved_to_another_contact_is_theirs_in_either_order()
    {
        foreach (var gainsFirst in new[] { true, false })
        {
            await using var communications = await Communications.StartAsync(postgres);
            var (maria, ana) = (Guid.CreateVersion7(), Guid.CreateVersion7());
            await communications.Factory.DeliverAsync(Card(communications, maria, 1, "Maria"));
            var loses = Card(communications, maria, 2, "Maria", phone: null);
            var gains = Card(communications, ana, 1, "Ana");

            await communications.Factory.DeliverAsync(gainsFirst ? gains : loses);
            await communications.Factory.DeliverAsync(gainsFirst ? loses : gains);
            await communications.TextAsync(MariasNumber, "Hello");

            Assert.Equal(("Ana", ana), await ContactAsync(communications));
        }
    }

    [Fact]
    public async Task A_deleted_contact_leaves_its_conversations_and_does_not_come_back()
    {
        await using var communications = await Communications.StartAsync(postgres);
        var maria = Guid.CreateVersion7();
        await communications.Factory.DeliverAsync(Card(communications, maria, 1, "Maria"));
        await communications.TextAsync(MariasNumber, "Hello");
        var id = (await communications.OnlyConversationAsync()).GetProperty("id").GetGuid();

        await communications.Factory.DeliverAsync(Happened.In(communications.WorkspaceId, new ContactDeleted(maria, 3)));
        await communications.Factory.DeliverAsync(Card(communications, maria, 2, "Late"));
        await communications.Factory.DeliverAsync(Activity(communications, maria, id));

        var conversation = await communications.OnlyConversationAsync();
        Assert.Equal(JsonValueKind.Null, conversation.GetProperty("contact").ValueKind);
        Assert.Equal(MariasNumber, conversation.GetProperty("participant").GetProperty("value").GetString());
        Assert.Equal("Hello", conversation.GetProperty("last_message").GetString());
        Assert.Empty((await communications.GetAsync($"/v1/contacts/{maria}/timeline")).GetProperty("data").EnumerateArray());
        Assert.Equal(0, await communications.SqlAsync<int>("SELECT count(*)::int FROM contact_identities"));
        Assert.Null(await communications.SqlAsync<string?>("SELECT card::text FROM contact_cards"));
    }

    [Fact]
    public async Task Of_two_claims_the_later_one_holds_in_either_order()
    {
        foreach (var laterFirst in new[] { true, false })
        {
            await using var communications = await Communications.StartAsync(postgres);
            await communications.TextAsync(MariasNumber, "Hello");
            var id = (await communications.OnlyConversationAsync()).GetProperty("id").GetGuid();
            var (maria, ana) = (Guid.CreateVersion7(), Guid.CreateVersion7());
            var earlier = Activity(communications, maria, id);
            var later = earlier with
            {
                Id = Guid.CreateVersion7(),
                OccurredAt = earlier.OccurredAt.AddSeconds(1),
                Data = earlier.Data with { ContactId = ana },
            };

            await communications.Factory.DeliverAsync(laterFirst ? later : earlier);
            await communications.Factory.DeliverAsync(laterFirst ? earlier : later);

            Assert.Equal(ana, (await ContactAsync(communications)).Id);
        }
    }

    [Fact]
    public async Task A_timeline_pages_through_all_channels_newest_first()
    {
        await using var communications = await Communications.StartAsync(postgres);
        var maria = Guid.CreateVersion7();
        await communications.Factory.DeliverAsync(Card(communications, maria, 1, "Maria"));
        for (var i = 0; i < 7; i++)
        {
            await communications.TextAsync(MariasNumber, $"Text {i}");
            await communications.TwilioAsync(
                "/webhooks/twilio/calls",
                ("CallSid", $"CA{i}"),
                ("From", MariasNumber),
                ("To", Communications.OwnNumber),
                ("CallStatus", "ringing")
            );
        }
        await communications.TextAsync("+16045550143", "Somebody else");

        var entries = new List<JsonElement>();
        for (string? cursor = ""; cursor is not null; )
        {
            var page = await communications.GetAsync($"/v1/contacts/{maria}/timeline?limit=3{cursor}");
            entries.AddRange(page.GetProperty("data").EnumerateArray());
            cursor = page.GetProperty("next_cursor").GetString() is { } next ? $"&cursor={next}" : null;
        }

        Assert.Equal(14, entries.Select(e => e.GetProperty("id").GetGuid()).Distinct().Count());
        Assert.Equal(14, entries.Count);
        var times = entries.Select(e => e.GetProperty("at").GetDateTimeOffset()).ToList();
        Assert.Equal(times.OrderDescending(), times);
        var calls = await communications.GetAsync($"/v1/contacts/{maria}/timeline?channel=call");
        Assert.Equal(7, calls.GetProperty("data").GetArrayLength());
        var texts = await communications.GetAsync($"/v1/contacts/{maria}/timeline?channel=text");
        Assert.All(texts.GetProperty("data").EnumerateArray(), e => Assert.Equal("text", e.GetProperty("channel").GetString()));
    }

    private static async Task<(string? Name, Guid Id)> ContactAsync(Communications communications)
    {
        var contact = (await communications.OnlyConversationAsync()).GetProperty("contact");
        return (contact.GetProperty("name").GetString(), contact.GetProperty("id").GetGuid());
    }

    private static Event<ContactActivityChanged> Activity(Communications communications, Guid contactId, Guid conversationId) =>
        Happened.In(communications.WorkspaceId, new ContactActivityChanged(contactId, 1, Noon, 0, 1, 0, [conversationId]));

    private static Event<ContactChanged> Card(Communications communications, Guid id, long version, string name, string? phone = MariasNumber) =>
        Happened.In(
            communications.WorkspaceId,
            new ContactChanged(
                new()
                {
                    Id = id,
                    Version = version,
                    Name = name,
                    Identities = phone is null ? [] : [new(IdentityKind.Phone, phone, true)],
                    Tags = [],
                    CreatedAt = Noon,
                    UpdatedAt = Noon.AddMinutes(version),
                    Source = ActorKind.System,
                },
                ["name"]
            )
        );
}
