using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Xml.Linq;
using Messages.CommunicationsIngest;
using Messages.Contacts;
using Testing;

namespace CommunicationsIngest.Tests.Providers.Twilio;

public sealed class FollowCallTests(PostgresFixture postgres)
{
    private const string Maria = "+16045550142";
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_call_is_answered_as_its_number_is_set()
    {
        await using var communications = await Communications.StartAsync(postgres);

        async Task<string> AnswerAsync(object? answer)
        {
            await communications.RegisterAsync(Communications.OwnNumber, answer);
            var response = await RingAsync(communications, SignedRequest.NewSid("CA"));
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            return XDocument.Parse(await response.Content.ReadAsStringAsync()).Root!.ToString(SaveOptions.DisableFormatting);
        }

        Assert.Equal("<Response><Reject /></Response>", await AnswerAsync(null));
        Assert.Equal("<Response><Reject /></Response>", await AnswerAsync(new { kind = "reject" }));
        Assert.Equal("<Response><Say>Smith &amp; Sons &lt;open&gt;</Say></Response>", await AnswerAsync(new { kind = "say", text = "Smith & Sons <open>" }));
        Assert.Equal(
            """<Response><Dial answerOnBridge="true"><Number>+16045550177</Number></Dial></Response>""",
            await AnswerAsync(new { kind = "dial", to = "(604) 555-0177" })
        );
        Assert.Equal(
            """<Response><Dial answerOnBridge="true"><Sip>sip:agent@voice.example</Sip></Dial></Response>""",
            await AnswerAsync(new { kind = "dial", to = "sip:agent@voice.example" })
        );
        Assert.Equal(
            """<Response><Redirect method="POST">https://agent.example/twiml?a=1&amp;b=2</Redirect></Response>""",
            await AnswerAsync(new { kind = "redirect", url = "https://agent.example/twiml?a=1&b=2" })
        );
        var stream = await AnswerAsync(new { kind = "stream", url = "wss://agent.example/media" });
        var newest = (await communications.ConversationsAsync())[0].GetProperty("id").GetString();
        Assert.Equal(
            $"""<Response><Connect><Stream url="wss://agent.example/media"><Parameter name="conversation_id" value="{newest}" /></Stream></Connect></Response>""",
            stream
        );
    }

    [Fact]
    public async Task A_replayed_call_is_answered_alike_and_stored_once()
    {
        await using var communications = await Communications.StartAsync(postgres);
        await communications.RegisterAsync(Communications.OwnNumber, new { kind = "stream", url = "wss://agent.example/media" });

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(async _ => await (await RingAsync(communications, "CA1")).Content.ReadAsStringAsync()));

        Assert.Single(answers.Distinct());
        await communications.OnlyConversationAsync();
        Assert.Single(await communications.InteractionsAsync());
    }

    [Fact]
    public async Task A_call_knows_who_called_how_verified_and_how_it_ended()
    {
        await using var communications = await Communications.StartAsync(postgres);
        await RingAsync(communications, "CA1", ("CallerName", "LOPEZ MARIA"), ("StirVerstat", "TN-Validation-Passed-A"));
        foreach (var callback in Callbacks("completed"))
        {
            await communications.TwilioAsync("/webhooks/twilio/call-status", callback);
        }

        var call = await communications.OnlyConversationAsync();

        Assert.Equal("call", call.GetProperty("channel").GetString());
        Assert.Equal("closed", call.GetProperty("state").GetString());
        Assert.Equal("completed", call.GetProperty("outcome").GetString());
        Assert.Equal(42, call.GetProperty("duration_seconds").GetInt32());
        Assert.Equal("LOPEZ MARIA", call.GetProperty("call").GetProperty("caller_name").GetString());
        Assert.Equal("TN-Validation-Passed-A", call.GetProperty("call").GetProperty("verification").GetString());
        Assert.Equal(Noon.AddSeconds(5), call.GetProperty("call").GetProperty("answered_at").GetDateTimeOffset());
        Assert.Equal(Noon.AddSeconds(47), call.GetProperty("ended_at").GetDateTimeOffset());
        var interaction = Assert.Single(await communications.InteractionsAsync()).Data;
        Assert.Equal(Channel.Call, interaction.Channel);
        Assert.Equal(new Participant(IdentityKind.Phone, Maria), interaction.Participant);
    }

    [Theory]
    [InlineData("completed")]
    [InlineData("no-answer")]
    public async Task In_whatever_order_callbacks_come_the_call_ends_the_same(string end)
    {
        await using var communications = await Communications.StartAsync(postgres);
        var callbacks = Callbacks(end);
        var endings = new HashSet<string>();
        foreach (var (order, index) in Permutations(callbacks.Length).Select((order, index) => (order, index)))
        {
            var sid = $"CA{end.Length}{index}";
            // Every callback twice: what was said before changes nothing.
            foreach (var i in order.Concat(order.Reverse()))
            {
                var response = await communications.TwilioAsync(
                    "/webhooks/twilio/call-status",
                    [.. callbacks[i].Select(p => p.Name == "CallSid" ? (p.Name, sid) : p)]
                );
                Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            }
        }

        foreach (var call in await communications.ConversationsAsync("?limit=200"))
        {
            endings.Add(JsonSerializer.Serialize(call.EnumerateObject().Where(p => p.Name != "id").ToDictionary(p => p.Name, p => p.Value)));
        }

        Assert.Equal(24, await communications.SqlAsync<int>("SELECT count(*)::int FROM calls"));
        Assert.Single(endings);
        Assert.Contains($"\"outcome\":\"{end.Replace('-', '_')}\"", endings.Single(), StringComparison.Ordinal);
        Assert.Equal(24, (await communications.InteractionsAsync()).Count);
    }

    [Fact]
    public async Task All_callbacks_at_once_make_one_call_that_ended()
    {
        await using var communications = await Communications.StartAsync(postgres);

        await Task.WhenAll(
            Enumerable.Repeat(Callbacks("completed"), 5).SelectMany(c => c).Select(c => communications.TwilioAsync("/webhooks/twilio/call-status", c))
        );

        var call = await communications.OnlyConversationAsync();
        Assert.Equal("completed", call.GetProperty("outcome").GetString());
        Assert.Equal(Noon, call.GetProperty("started_at").GetDateTimeOffset());
        Assert.Single(await communications.InteractionsAsync());
    }

    [Theory]
    [InlineData("anonymous")]
    [InlineData("+266696687")]
    [InlineData("+8656696")]
    [InlineData("sip:anonymous@anonymous.invalid")]
    public async Task A_hidden_caller_has_a_conversation_each_time_and_no_contact(string from)
    {
        await using var communications = await Communications.StartAsync(postgres);

        await RingFromAsync(communications, from, "CA1");
        await RingFromAsync(communications, from, "CA2");

        var calls = await communications.ConversationsAsync();
        Assert.Equal(2, calls.Length);
        Assert.All(calls, call => Assert.True(call.GetProperty("participant").GetProperty("hidden").GetBoolean()));
        Assert.All(await communications.InteractionsAsync(), interaction => Assert.Null(interaction.Data.Participant));
    }

    [Fact]
    public async Task An_outbound_call_belongs_to_the_number_it_came_from()
    {
        await using var communications = await Communications.StartAsync(postgres);

        await communications.TwilioAsync(
            "/webhooks/twilio/call-status",
            ("CallSid", "CA1"),
            ("From", Communications.OwnNumber),
            ("To", Maria),
            ("Direction", "outbound-api"),
            ("CallStatus", "ringing"),
            ("SequenceNumber", "1")
        );

        var call = await communications.OnlyConversationAsync();
        Assert.Equal("outbound", call.GetProperty("direction").GetString());
        Assert.Equal(Maria, call.GetProperty("participant").GetProperty("value").GetString());
        Assert.Equal(Direction.Outbound, Assert.Single(await communications.InteractionsAsync()).Data.Direction);
    }

    [Fact]
    public async Task The_leg_of_a_dial_is_no_call_of_its_own()
    {
        await using var communications = await Communications.StartAsync(postgres);
        await RingAsync(communications, "CA1");

        var response = await communications.TwilioAsync(
            "/webhooks/twilio/call-status",
            ("CallSid", "CA2"),
            ("ParentCallSid", "CA1"),
            ("From", Maria),
            ("To", "+16045550177"),
            ("Direction", "outbound-dial"),
            ("CallStatus", "completed")
        );

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        await communications.OnlyConversationAsync();
    }

    [Fact]
    public async Task Unknown_numbers_and_nonsense_are_refused()
    {
        await using var communications = await Communications.StartAsync(postgres);

        foreach (var path in new[] { "/webhooks/twilio/calls", "/webhooks/twilio/call-status" })
        {
            var unknown = await communications.TwilioAsync(path, ("CallSid", "CA1"), ("From", Maria), ("To", "+16045550199"), ("CallStatus", "ringing"));
            Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
            var nonsense = await communications.TwilioAsync(
                path,
                ("CallSid", "CA1"),
                ("From", Maria),
                ("To", Communications.OwnNumber),
                ("CallStatus", "dancing")
            );
            Assert.Equal(HttpStatusCode.BadRequest, nonsense.StatusCode);
            var unsignedRequest = SignedRequest.WithoutSignature(path, ("CallSid", "CA1"));
            Assert.Equal(HttpStatusCode.Forbidden, (await communications.Anonymous.SendAsync(unsignedRequest)).StatusCode);
        }
    }

    private static Task<HttpResponseMessage> RingAsync(Communications communications, string sid, params (string, string)[] more) =>
        RingFromAsync(communications, Maria, sid, more);

    private static Task<HttpResponseMessage> RingFromAsync(Communications communications, string from, string sid, params (string, string)[] more) =>
        communications.TwilioAsync(
            "/webhooks/twilio/calls",
            [("CallSid", sid), ("From", from), ("To", Communications.OwnNumber), ("CallStatus", "ringing"), ("Direction", "inbound"), .. more]
        );

    private static (string Name, string Value)[][] Callbacks(string end) =>
        [Callback("initiated", 0, 0), Callback("ringing", 1, 1), Callback("in-progress", 2, 5), [.. Callback(end, 3, 47), ("CallDuration", "42")]];

    private static (string Name, string Value)[] Callback(string status, int sequence, int second) =>
        [
            ("CallSid", "CA1"),
            ("From", Maria),
            ("To", Communications.OwnNumber),
            ("Direction", "inbound"),
            ("CallStatus", status),
            ("SequenceNumber", sequence.ToString(CultureInfo.InvariantCulture)),
            ("Timestamp", Noon.AddSeconds(second).ToString("ddd, dd MMM yyyy HH:mm:ss +0000", CultureInfo.InvariantCulture)),
            ("CallbackSource", "call-progress-events"),
        ];

    private static IEnumerable<int[]> Permutations(int count) =>
        count == 1
            ?
            [
                [0],
            ]
            : Permutations(count - 1).SelectMany(p => Enumerable.Range(0, count).Select(i => (int[])[.. p[..i], count - 1, .. p[i..]]));
}
