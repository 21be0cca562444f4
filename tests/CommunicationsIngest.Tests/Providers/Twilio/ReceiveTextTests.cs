using System.Net;
using System.Text;
using Messages.CommunicationsIngest;
using Messages.Contacts;
using Testing;

namespace CommunicationsIngest.Tests.Providers.Twilio;

public sealed class ReceiveTextTests(PostgresFixture postgres)
{
    private const string Route = "/webhooks/twilio/messages";
    private const string Maria = "+16045550142";
    private const string EmptyTwiml = """<?xml version="1.0" encoding="UTF-8"?><Response />""";

    [Fact]
    public async Task A_text_becomes_a_conversation_a_message_and_an_event()
    {
        await using var communications = await Communications.StartAsync(postgres);

        var response = await communications.TextAsync(Maria, "Hi, this is Maria Lopez");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("text/xml; charset=utf-8", response.Content.Headers.ContentType!.ToString());
        Assert.Equal(EmptyTwiml, await response.Content.ReadAsStringAsync());
        var conversation = await communications.OnlyConversationAsync();
        Assert.Equal("text", conversation.GetProperty("channel").GetString());
        Assert.Equal(Maria, conversation.GetProperty("participant").GetProperty("value").GetString());
        Assert.Equal(Communications.OwnNumber, conversation.GetProperty("own_number").GetString());
        Assert.Equal(1, conversation.GetProperty("message_count").GetInt32());
        Assert.Equal("Hi, this is Maria Lopez", conversation.GetProperty("last_message").GetString());
        var messages = (await communications.GetAsync($"/v1/conversations/{conversation.GetProperty("id")}/messages")).GetProperty("data");
        Assert.Equal("Hi, this is Maria Lopez", Assert.Single(messages.EnumerateArray()).GetProperty("body").GetString());
        var interaction = Assert.Single(await communications.InteractionsAsync());
        Assert.Equal(communications.WorkspaceId, interaction.WorkspaceId);
        Assert.Equal(conversation.GetProperty("id").GetGuid(), interaction.Data.ConversationId);
        Assert.Equal(Channel.Text, interaction.Data.Channel);
        Assert.Equal(Direction.Inbound, interaction.Data.Direction);
        Assert.Equal(new Participant(IdentityKind.Phone, Maria), interaction.Data.Participant);
    }

    [Fact]
    public async Task A_replay_is_answered_alike_and_stores_nothing()
    {
        await using var communications = await Communications.StartAsync(postgres);
        await communications.TextAsync(Maria, "Hello", "SM1");
        var before = await communications.OnlyConversationAsync();

        var replay = await communications.TextAsync(Maria, "Hello", "SM1");

        Assert.Equal(HttpStatusCode.OK, replay.StatusCode);
        Assert.Equal(EmptyTwiml, await replay.Content.ReadAsStringAsync());
        Assert.Equal(before.ToString(), (await communications.OnlyConversationAsync()).ToString());
        Assert.Single(await communications.InteractionsAsync());
    }

    [Fact]
    public async Task Fifty_first_texts_at_once_make_one_thread()
    {
        await using var communications = await Communications.StartAsync(postgres);

        var responses = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => communications.TextAsync(Maria, $"Text {i}", $"SM{i:d4}")));

        Assert.All(responses, response => Assert.Equal(HttpStatusCode.OK, response.StatusCode));
        Assert.Equal(50, (await communications.OnlyConversationAsync()).GetProperty("message_count").GetInt32());
        var interactions = await communications.InteractionsAsync();
        Assert.Equal(50, interactions.Select(interaction => interaction.Data.InteractionId).Distinct().Count());
        Assert.Single(interactions.Select(interaction => interaction.Data.ConversationId).Distinct());
    }

    [Fact]
    public async Task The_same_text_fifty_times_at_once_is_stored_once()
    {
        await using var communications = await Communications.StartAsync(postgres);

        var responses = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => communications.TextAsync(Maria, "Once", "SM1")));

        Assert.All(responses, response => Assert.Equal(HttpStatusCode.OK, response.StatusCode));
        Assert.Equal(1, (await communications.OnlyConversationAsync()).GetProperty("message_count").GetInt32());
        Assert.Single(await communications.InteractionsAsync());
    }

    [Theory]
    [InlineData("anonymous", true)]
    [InlineData("Restricted", true)]
    [InlineData("unavailable", true)]
    [InlineData("private", true)]
    [InlineData("", true)]
    [InlineData("+266696687", true)]
    [InlineData("+7378742833", true)]
    [InlineData("+86282452253", true)]
    [InlineData("+2562533", true)]
    [InlineData("+8656696", true)]
    [InlineData("72345", false)]
    [InlineData("MyBank", false)]
    public async Task A_hidden_caller_or_a_service_gets_a_conversation_and_no_contact(string from, bool isHidden)
    {
        await using var communications = await Communications.StartAsync(postgres);

        var response = await communications.TextAsync(from, "Hello");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var participant = (await communications.OnlyConversationAsync()).GetProperty("participant");
        Assert.Equal(isHidden, participant.GetProperty("hidden").GetBoolean());
        Assert.Equal(isHidden ? null : from, participant.GetProperty("value").GetString());
        Assert.Null(Assert.Single(await communications.InteractionsAsync()).Data.Participant);
    }

    [Fact]
    public async Task One_of_our_own_numbers_becomes_no_contact()
    {
        await using var communications = await Communications.StartAsync(postgres);
        await communications.RegisterAsync("+16045550101");

        await communications.TextAsync("+16045550101", "From the other line");

        Assert.Null(Assert.Single(await communications.InteractionsAsync()).Data.Participant);
        var participant = (await communications.OnlyConversationAsync()).GetProperty("participant");
        Assert.Equal("+16045550101", participant.GetProperty("value").GetString());
    }

    [Fact]
    public async Task An_unknown_number_is_a_404_and_stores_nothing()
    {
        await using var communications = await Communications.StartAsync(postgres);

        var response = await communications.TextAsync(Maria, "Hello", to: "+16045550199");

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal(0, await communications.SqlAsync<int>("SELECT count(*)::int FROM conversations"));
    }

    [Fact]
    public async Task A_number_that_moved_to_another_workspace_takes_its_texts_along()
    {
        await using var communications = await Communications.StartAsync(postgres);
        await communications.TextAsync(Maria, "To the first");
        var other = Guid.CreateVersion7();
        // Behind this process's back, as another replica would do it.
        await communications.SqlAsync<int>("UPDATE phone_numbers SET workspace_id = @other RETURNING 1", new { other });

        await communications.TextAsync(Maria, "To the second");

        Assert.Equal("To the first", (await communications.OnlyConversationAsync()).GetProperty("last_message").GetString());
        Assert.Equal(other, (await communications.InteractionsAsync())[^1].WorkspaceId);
    }

    [Fact]
    public async Task Media_are_kept_in_their_order()
    {
        await using var communications = await Communications.StartAsync(postgres);

        await communications.TwilioAsync(
            Route,
            ("MessageSid", "MM1"),
            ("From", Maria),
            ("To", Communications.OwnNumber),
            ("Body", ""),
            ("NumMedia", "2"),
            ("MediaUrl0", "https://api.twilio.com/media/0"),
            ("MediaContentType0", "image/jpeg"),
            ("MediaUrl1", "https://api.twilio.com/media/1"),
            ("MediaContentType1", "image/png")
        );

        var conversation = await communications.OnlyConversationAsync();
        Assert.Equal("[2 attachments]", conversation.GetProperty("last_message").GetString());
        var messages = await communications.GetAsync($"/v1/conversations/{conversation.GetProperty("id")}/messages");
        Assert.Equal(
            """[{"position":0,"content_type":"image/jpeg"},{"position":1,"content_type":"image/png"}]""",
            messages.GetProperty("data")[0].GetProperty("media").ToString()
        );
    }

    [Fact]
    public async Task What_is_not_signed_is_refused()
    {
        await using var communications = await Communications.StartAsync(postgres);
        (string, string)[] parameters = [("MessageSid", "SM1"), ("From", Maria), ("To", Communications.OwnNumber), ("Body", "Hello")];
        var wrong = SignedRequest.WithoutSignature(Route, parameters);
        wrong.Headers.Add("X-Twilio-Signature", "RSOYDt4T1cUTdK1PDd93/VVr8B8=");
        var changed = SignedRequest.To(Route, parameters);
        changed.Content = new FormUrlEncodedContent([KeyValuePair.Create("Body", "Changed"), KeyValuePair.Create("MessageSid", "SM1")]);
        var elsewhere = SignedRequest.To(Route, parameters);
        elsewhere.RequestUri = new(Route + "?x=1", UriKind.Relative);

        foreach (var request in new[] { SignedRequest.WithoutSignature(Route, parameters), wrong, changed, elsewhere })
        {
            var response = await communications.Anonymous.SendAsync(request);
            Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
            Assert.Contains("urn:contacts:problem:signature", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
        Assert.Empty(await communications.InteractionsAsync());
    }

    [Fact]
    public async Task Behind_a_gateway_without_a_configured_address_the_forwarded_one_counts()
    {
        await using var communications = await Communications.StartAsync(postgres, new Dictionary<string, string?> { ["PublicUrl"] = null });
        var request = SignedRequest.To(Route, ("MessageSid", "SM1"), ("From", Maria), ("To", Communications.OwnNumber), ("Body", "Hello"));
        request.Headers.Add("X-Forwarded-Proto", "https");
        request.Headers.Add("X-Forwarded-Host", new Uri(Communications.PublicUrl).Host);

        Assert.Equal(HttpStatusCode.OK, (await communications.Anonymous.SendAsync(request)).StatusCode);
    }

    [Fact]
    public async Task Without_an_auth_token_nothing_is_believed()
    {
        await using var communications = await Communications.StartAsync(postgres, new Dictionary<string, string?> { ["Twilio:AuthToken"] = "" });

        Assert.Equal(HttpStatusCode.Forbidden, (await communications.TextAsync(Maria, "Hello")).StatusCode);
    }

    [Fact]
    public async Task Oversized_and_malformed_bodies_are_refused()
    {
        await using var communications = await Communications.StartAsync(postgres);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await communications.TextAsync(Maria, new string('x', 65 * 1024))).StatusCode);
        using var json = new StringContent("{}", Encoding.UTF8, "application/json");
        Assert.Equal(HttpStatusCode.Forbidden, (await communications.Anonymous.PostAsync(Route, json)).StatusCode);
        using var none = new ByteArrayContent([]);
        Assert.Equal(HttpStatusCode.Forbidden, (await communications.Anonymous.PostAsync(Route, none)).StatusCode);
        var many = Enumerable.Range(0, 600).Select(i => ($"P{i}", "x")).ToArray();
        Assert.Equal(HttpStatusCode.BadRequest, (await communications.TwilioAsync(Route, many)).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await communications.TwilioAsync(Route, ("From", Maria))).StatusCode);
        Assert.Equal(
            HttpStatusCode.BadRequest,
            (await communications.TwilioAsync(Route, ("MessageSid", "SM'; DROP"), ("From", Maria), ("To", Communications.OwnNumber))).StatusCode
        );
    }

    [Theory]
    [InlineData("nul \0 inside", "nul  inside")]
    [InlineData("emoji 😀 and ترجمة", "emoji 😀 and ترجمة")]
    [InlineData("", "")]
    [InlineData("  spaces are not ours to trim  ", "  spaces are not ours to trim  ")]
    public async Task No_text_is_lost_for_what_is_in_it(string body, string stored)
    {
        await using var communications = await Communications.StartAsync(postgres);

        Assert.Equal(HttpStatusCode.OK, (await communications.TextAsync(Maria, body)).StatusCode);

        Assert.Equal(stored, await communications.SqlAsync<string>("SELECT body FROM messages"));
    }
}
