using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Dapper;
using Messages;
using Messages.CommunicationsIngest;
using Messages.Contacts;
using Npgsql;
using Testing;

namespace CommunicationsIngest.Tests.Erasures;

public sealed class EraseConversationsTests(PostgresFixture postgres)
{
    private const string MariasNumber = "+16045550142";
    private static readonly string[] Traces = ["6045550142", "Zebulon", "Quagmire", "zq@example.com", "secret words", "api.twilio.com/media"];

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Nothing_that_was_said_is_left_in_whichever_order_it_is_told(bool deletionFirst)
    {
        await using var communications = await Communications.StartAsync(postgres);
        var maria = Guid.CreateVersion7();
        await SpeakAsync(communications);
        await communications.TextAsync(MariasNumber, "Please stop texting me");
        var (chat, token) = await ChatAsync(communications);
        await LinkAllAsync(communications, maria);
        await TranscribeAsync(communications);
        await communications.TextAsync("+16045550199", "Somebody else");
        await ForwardOutboxAsync(communications);
        Assert.Equal(Traces.Length, (await FindTracesAsync(communications)).Select(trace => trace.Split(": ")[1]).Distinct().Count());

        var erased = Erased(
            communications,
            [maria],
            [new(IdentityKind.Phone, MariasNumber, true), new(IdentityKind.ChatVisitor, await VisitorAsync(communications), true)]
        );
        if (deletionFirst)
        {
            await communications.Factory.DeliverAsync(Deleted(communications, maria));
        }
        await communications.Factory.DeliverAsync(erased);
        if (!deletionFirst)
        {
            await communications.Factory.DeliverAsync(Deleted(communications, maria));
        }

        Assert.Equal(new ConversationsErased(erased.Data.ErasureId, 3), Assert.Single(await communications.Factory.OutboxAsync<ConversationsErased>()).Data);
        await ForwardOutboxAsync(communications);
        Assert.Empty(await FindTracesAsync(communications));
        var conversations = await communications.ConversationsAsync();
        Assert.Equal(4, conversations.Length);
        foreach (var conversation in conversations.Where(one => one.GetProperty("erased_at").ValueKind != JsonValueKind.Null))
        {
            Assert.Equal(JsonValueKind.Null, conversation.GetProperty("contact").ValueKind);
            Assert.Equal(JsonValueKind.Null, conversation.GetProperty("participant").GetProperty("value").ValueKind);
            Assert.Equal(JsonValueKind.Null, conversation.GetProperty("last_message").ValueKind);
        }
        var call = Assert.Single(conversations, one => one.GetProperty("channel").GetString() == "call");
        Assert.Equal(42, call.GetProperty("duration_seconds").GetInt32());
        Assert.Equal("completed", call.GetProperty("outcome").GetString());
        Assert.Equal(Communications.OwnNumber, call.GetProperty("own_number").GetString());
        Assert.Equal(
            "Somebody else",
            Assert.Single(conversations, one => one.GetProperty("erased_at").ValueKind == JsonValueKind.Null).GetProperty("last_message").GetString()
        );
        Assert.Equal(HttpStatusCode.Conflict, (await TranscribeAsync(communications)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await SayAsync(communications, chat, token, "Hello?")).StatusCode);
    }

    [Fact]
    public async Task Late_news_of_a_call_bring_nothing_back()
    {
        await using var communications = await Communications.StartAsync(postgres);
        await CallAsync(communications, "in-progress");
        await communications.Factory.DeliverAsync(Erased(communications, [], [new(IdentityKind.Phone, MariasNumber, true)]));

        await CallAsync(communications, "completed");
        var recording = await communications.TwilioAsync(
            "/webhooks/twilio/recordings",
            ("RecordingSid", "RE1"),
            ("CallSid", "CA1"),
            ("RecordingUrl", "https://api.twilio.com/2010-04-01/Accounts/AC00000000000000000000000000000001/Recordings/RE1"),
            ("RecordingStatus", "completed")
        );

        Assert.Equal(HttpStatusCode.OK, recording.StatusCode);
        var call = await communications.OnlyConversationAsync();
        Assert.Equal("completed", call.GetProperty("outcome").GetString());
        Assert.Empty(call.GetProperty("recordings").EnumerateArray());
        await ForwardOutboxAsync(communications);
        Assert.Empty(await FindTracesAsync(communications));
    }

    [Fact]
    public async Task A_text_that_is_told_again_stays_gone()
    {
        await using var communications = await Communications.StartAsync(postgres);
        await communications.TextAsync(MariasNumber, "secret words", "SM00000000000000000000000000000001");
        await communications.Factory.DeliverAsync(Erased(communications, [], [new(IdentityKind.Phone, MariasNumber, true)]));

        await communications.TextAsync(MariasNumber, "secret words", "SM00000000000000000000000000000001");

        await ForwardOutboxAsync(communications);
        Assert.Empty(await FindTracesAsync(communications));
        Assert.Single(await communications.ConversationsAsync());
    }

    [Fact]
    public async Task Who_writes_again_keeps_what_was_written_since()
    {
        await using var communications = await Communications.StartAsync(postgres);
        await communications.TextAsync(MariasNumber, "secret words");
        var at = TimeProvider.System.GetUtcNow();
        await communications.TextAsync(MariasNumber, "It is me again");

        await communications.Factory.DeliverAsync(Erased(communications, [], [new(IdentityKind.Phone, MariasNumber, true)], at));

        var thread = await communications.OnlyConversationAsync();
        Assert.Equal(MariasNumber, thread.GetProperty("participant").GetProperty("value").GetString());
        Assert.Equal("It is me again", thread.GetProperty("last_message").GetString());
        var messages = (await communications.GetAsync($"/v1/conversations/{thread.GetProperty("id")}/messages")).GetProperty("data");
        Assert.Equal(["It is me again", ""], messages.EnumerateArray().Select(message => message.GetProperty("body").GetString()));
    }

    [Fact]
    public async Task Who_writes_after_it_begins_a_new_thread()
    {
        await using var communications = await Communications.StartAsync(postgres);
        await communications.TextAsync(MariasNumber, "secret words");
        await communications.Factory.DeliverAsync(Erased(communications, [], [new(IdentityKind.Phone, MariasNumber, true)]));

        await communications.TextAsync(MariasNumber, "It is me again");

        Assert.Equal(["It is me again", null], (await communications.ConversationsAsync()).Select(one => one.GetProperty("last_message").GetString()));
    }

    [Fact]
    public async Task What_somebody_else_said_under_the_same_number_stays()
    {
        await using var communications = await Communications.StartAsync(postgres);
        var (maria, joe) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await communications.TextAsync(MariasNumber, "I am Joe");
        await LinkAllAsync(communications, joe);

        await communications.Factory.DeliverAsync(Erased(communications, [maria], [new(IdentityKind.Phone, MariasNumber, true)]));

        Assert.Equal("I am Joe", (await communications.OnlyConversationAsync()).GetProperty("last_message").GetString());
    }

    [Fact]
    public async Task What_is_linked_late_is_linked_to_nobody()
    {
        await using var communications = await Communications.StartAsync(postgres);
        var maria = Guid.CreateVersion7();
        await communications.TextAsync(MariasNumber, "secret words");
        await communications.Factory.DeliverAsync(Erased(communications, [maria], [new(IdentityKind.Phone, MariasNumber, true)]));

        await LinkAllAsync(communications, maria);

        Assert.Equal(JsonValueKind.Null, (await communications.OnlyConversationAsync()).GetProperty("contact").ValueKind);
    }

    [Fact]
    public async Task Another_workspace_is_not_touched()
    {
        await using var communications = await Communications.StartAsync(postgres);
        await communications.TextAsync(MariasNumber, "secret words");
        var conversation = await communications.OnlyConversationAsync();
        var elsewhere = Erased(communications, [], [new(IdentityKind.Phone, MariasNumber, true)]) with { WorkspaceId = Guid.CreateVersion7() };

        await communications.Factory.DeliverAsync(elsewhere);

        Assert.Equal(conversation.ToString(), (await communications.OnlyConversationAsync()).ToString());
        Assert.Equal(0, Assert.Single(await communications.Factory.OutboxAsync<ConversationsErased>()).Data.Conversations);
    }

    [Fact]
    public async Task The_very_text_that_travels()
    {
        await using var communications = await Communications.StartAsync(postgres);
        var erased = Erased(communications, [], []);

        await communications.Factory.DeliverAsync(erased);

        var json = Assert.Single(await communications.Factory.OutboxJsonAsync<ConversationsErased>());
        Assert.EndsWith($"\"data\":{{\"erasure_id\":\"{erased.Data.ErasureId}\",\"conversations\":0}}}}", json, StringComparison.Ordinal);
    }

    private static async Task SpeakAsync(Communications communications)
    {
        await communications.TwilioAsync(
            "/webhooks/twilio/messages",
            ("MessageSid", SignedRequest.NewSid("MM")),
            ("From", MariasNumber),
            ("To", Communications.OwnNumber),
            ("Body", "secret words"),
            ("NumMedia", "1"),
            ("MediaUrl0", "https://api.twilio.com/media/0"),
            ("MediaContentType0", "image/png")
        );
        await CallAsync(communications, "completed");
    }

    private static Task<HttpResponseMessage> CallAsync(Communications communications, string status) =>
        communications.TwilioAsync(
            "/webhooks/twilio/call-status",
            ("CallSid", "CA1"),
            ("From", MariasNumber),
            ("To", Communications.OwnNumber),
            ("Direction", "inbound"),
            ("CallerName", "QUAGMIRE Z"),
            ("CallStatus", status),
            ("CallDuration", "42")
        );

    private static async Task<HttpResponseMessage> TranscribeAsync(Communications communications)
    {
        var id = (await communications.ConversationsAsync("?channel=call"))[0].GetProperty("id");
        return await communications.Api.PutAsJsonAsync(
            $"/v1/conversations/{id}/transcript",
            new { segments = new[] { new { speaker = "person", text = "My name is Zebulon Quagmire, secret words" } } }
        );
    }

    private static async Task<(Guid Session, string Token)> ChatAsync(Communications communications)
    {
        var made = await communications.Api.PostAsJsonAsync("/v1/chat/widgets", new { name = "Site", allowed_origins = new[] { "https://a.example" } });
        var widget = (await made.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetGuid();
        var begun = await communications.Anonymous.PostAsJsonAsync(
            "/v1/chat/sessions",
            new
            {
                widget_id = widget,
                name = "Zebulon",
                email = "zq@example.com",
                phone = MariasNumber,
            }
        );
        var session = await begun.Content.ReadFromJsonAsync<JsonElement>();
        var (id, token) = (session.GetProperty("id").GetGuid(), session.GetProperty("visitor_token").GetString()!);
        Assert.Equal(HttpStatusCode.Created, (await SayAsync(communications, id, token, "secret words")).StatusCode);
        using var answer = new HttpRequestMessage(HttpMethod.Post, $"/v1/conversations/{id}/messages")
        {
            Content = JsonContent.Create(new { body = "Dear Zebulon" }),
        };
        answer.Headers.Add("Idempotency-Key", "once");
        Assert.Equal(HttpStatusCode.Created, (await communications.Api.SendAsync(answer)).StatusCode);
        return (id, token);
    }

    private static async Task<HttpResponseMessage> SayAsync(Communications communications, Guid session, string token, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/v1/chat/sessions/{session}/messages") { Content = JsonContent.Create(new { body }) };
        request.Headers.Authorization = new("Bearer", token);
        return await communications.Anonymous.SendAsync(request);
    }

    private static Task<string> VisitorAsync(Communications communications) => communications.SqlAsync<string>("SELECT id::text FROM chat_visitors");

    private static async Task LinkAllAsync(Communications communications, Guid contactId)
    {
        var ids = (await communications.ConversationsAsync()).Select(one => one.GetProperty("id").GetGuid()).ToList();
        var now = TimeProvider.System.GetUtcNow();
        await communications.Factory.DeliverAsync(Happened.In(communications.WorkspaceId, new ContactActivityChanged(contactId, 1, now, 1, 1, 1, ids)));
        var card = new ContactCard
        {
            Id = contactId,
            Version = 1,
            Name = "Zebulon Quagmire",
            Identities = [new(IdentityKind.Phone, MariasNumber, true)],
            Tags = [],
            CreatedAt = now,
            UpdatedAt = now,
            Source = ActorKind.System,
        };
        await communications.Factory.DeliverAsync(Happened.In(communications.WorkspaceId, new ContactChanged(card, ["name"])));
    }

    private static Event<ContactErased> Erased(
        Communications communications,
        IReadOnlyList<Guid> contactIds,
        IReadOnlyList<ContactIdentity> identities,
        DateTimeOffset? at = null
    ) =>
        Happened.In(
            communications.WorkspaceId,
            // Chat messages of one session get ever later times, microseconds ahead of the clock.
            new ContactErased(Guid.CreateVersion7(), contactIds, identities, at ?? TimeProvider.System.GetUtcNow().AddMilliseconds(1))
        );

    private static Event<ContactDeleted> Deleted(Communications communications, Guid contactId) =>
        Happened.In(communications.WorkspaceId, new ContactDeleted(contactId, 2, IsErased: true));

    /// <summary>The relay's part: what was sent is deleted.</summary>
    private static async Task ForwardOutboxAsync(Communications communications)
    {
        await using var connection = new NpgsqlConnection(communications.Factory.OwnerConnectionString);
        await connection.ExecuteAsync("DELETE FROM outbox");
    }

    private static async Task<IReadOnlyList<string>> FindTracesAsync(Communications communications)
    {
        await using var connection = new NpgsqlConnection(communications.Factory.OwnerConnectionString);
        return await connection.FindTracesAsync(communications.WorkspaceId, Traces);
    }
}
