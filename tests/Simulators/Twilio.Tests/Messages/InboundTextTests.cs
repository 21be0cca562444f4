using System.Text.Json;
using Simulators.Twilio.Webhooks;

namespace Simulators.Twilio.Tests.Messages;

public class InboundTextTests
{
    [Fact]
    public async Task A_text_arrives_signed_with_the_parameters_of_the_real_one()
    {
        await using var simulator = await SimulatorUnderTest.StartAsync();

        await simulator.PostAsync(
            "/simulator/texts",
            new
            {
                from = SimulatorUnderTest.Theirs,
                to = SimulatorUnderTest.Ours,
                body = "Grüße & 100% 🙏 ",
            }
        );

        var request = Assert.Single(simulator.Receiver.Requests);
        Assert.Equal("/webhooks/twilio/messages", request.Path);
        string[] names =
        [
            "AccountSid",
            "ApiVersion",
            "Body",
            "From",
            "FromCity",
            "FromCountry",
            "FromState",
            "FromZip",
            "MessageSid",
            "NumMedia",
            "NumSegments",
            "SmsMessageSid",
            "SmsSid",
            "SmsStatus",
            "To",
            "ToCity",
            "ToCountry",
            "ToState",
            "ToZip",
        ];
        Assert.Equal(names, request.Form.Keys.Order(StringComparer.Ordinal));
        Assert.Equal("Grüße & 100% 🙏 ", request.Form["Body"]);
        Assert.Equal("received", request.Form["SmsStatus"]);
        Assert.Equal("VANCOUVER", request.Form["FromCity"]);
        Assert.StartsWith("TwilioProxy/1.1", request.Headers["User-Agent"], StringComparison.Ordinal);
        Assert.Equal(WebhookSignature.Sign(SimulatorUnderTest.AuthToken, request.Url, request.Form), request.Headers["X-Twilio-Signature"]);
    }

    [Fact]
    public async Task A_photo_can_be_fetched_with_the_credentials_only()
    {
        await using var simulator = await SimulatorUnderTest.StartAsync();
        string[] media = ["image/jpeg", "image/png"];

        await simulator.PostAsync(
            "/simulator/texts",
            new
            {
                from = SimulatorUnderTest.Theirs,
                to = SimulatorUnderTest.Ours,
                media,
            }
        );

        var form = simulator.Receiver.Requests[0].Form;
        Assert.Equal("2", form["NumMedia"]);
        Assert.StartsWith("MM", form["MessageSid"], StringComparison.Ordinal);
        Assert.Equal([0xFF, 0xD8], (await simulator.Api.GetByteArrayAsync(form["MediaUrl0"]))[..2]);
        Assert.Equal("PNG"u8.ToArray(), (await simulator.Api.GetByteArrayAsync(form["MediaUrl1"]))[1..4]);
        Assert.Equal(401, (int)(await simulator.Http.GetAsync(form["MediaUrl0"])).StatusCode);
    }

    [Fact]
    public async Task The_same_sid_is_the_same_message_again()
    {
        await using var simulator = await SimulatorUnderTest.StartAsync();
        var text = new
        {
            from = SimulatorUnderTest.Theirs,
            to = SimulatorUnderTest.Ours,
            body = "Hi",
            message_sid = "SM" + new string('a', 32),
        };

        await simulator.PostAsync("/simulator/texts", text);
        await simulator.PostAsync("/simulator/texts", text);

        Assert.Equal(simulator.Receiver.Requests[0].Form, simulator.Receiver.Requests[1].Form);
    }

    [Fact]
    public async Task A_message_in_the_answer_is_sent_to_the_person()
    {
        await using var simulator = await SimulatorUnderTest.StartAsync();
        simulator.Receiver.Answer = (_, context) =>
            Receiver.Twiml(context, "<Response><Message><Body>We open at 9.</Body></Message><Message>Bye</Message></Response>");

        await simulator.PostAsync(
            "/simulator/texts",
            new
            {
                from = SimulatorUnderTest.Theirs,
                to = SimulatorUnderTest.Ours,
                body = "When?",
            }
        );

        var sent = await simulator.Http.GetStringAsync("/simulator/sent");
        var messages = JsonDocument
            .Parse(sent)
            .RootElement.GetProperty("messages")
            .EnumerateArray()
            .Select(message => message.GetProperty("body").GetString())
            .Order();
        Assert.Equal(["Bye", "We open at 9."], messages);
    }

    [Fact]
    public async Task A_stop_bars_texts_from_that_number_alone_until_start()
    {
        await using var simulator = await SimulatorUnderTest.StartAsync();

        await TextAsync(" stop ");
        Assert.Equal(21610, await SendAsync(SimulatorUnderTest.Ours));
        Assert.Equal(0, await SendAsync("+16045550101"));
        await TextAsync("START");
        Assert.Equal(0, await SendAsync(SimulatorUnderTest.Ours));

        Assert.Equal([" stop ", "START"], simulator.Receiver.To("/webhooks/twilio/messages").Select(request => request.Form["Body"]));
        var sent = JsonDocument.Parse(await simulator.Http.GetStringAsync("/simulator/sent")).RootElement;
        Assert.Equal(2, sent.GetProperty("confirmations").GetArrayLength());

        Task TextAsync(string body) =>
            simulator.PostAsync(
                "/simulator/texts",
                new
                {
                    from = SimulatorUnderTest.Theirs,
                    to = SimulatorUnderTest.Ours,
                    body,
                }
            );

        async Task<int> SendAsync(string from)
        {
            var (_, body) = await simulator.ApiPostAsync("Messages.json", ("To", SimulatorUnderTest.Theirs), ("From", from), ("Body", "Hi"));
            return body.TryGetProperty("code", out var code) ? code.GetInt32() : 0;
        }
    }

    [Theory]
    [InlineData("{\"from\":\"6045550142\",\"to\":\"+16045550100\"}")]
    [InlineData("{\"from\":\"+16045550142\",\"to\":\"+16045550100\",\"media\":11}")]
    [InlineData("{\"from\":\"+16045550142\",\"to\":\"+16045550100\",\"message_sid\":\"SM1\"}")]
    [InlineData("{\"from\":\"+16045550142\",\"to\":\"+16045550100\",\"colour\":1}")]
    public async Task A_request_that_the_network_cannot_carry_is_refused(string json)
    {
        await using var simulator = await SimulatorUnderTest.StartAsync();

        using var content = new StringContent(json, System.Text.Encoding.UTF8, "application/json");
        using var answer = await simulator.Http.PostAsync("/simulator/texts", content);

        Assert.Equal(400, (int)answer.StatusCode);
        Assert.Empty(simulator.Receiver.Requests);
    }
}
