using Microsoft.AspNetCore.Http;

namespace Simulators.Twilio.Tests.Twiml;

public class CallPlayerTests
{
    [Fact]
    public async Task Verbs_are_played_in_order_until_hangup()
    {
        await using var simulator = await SimulatorUnderTest.StartAsync();

        var (played, status, duration) = await PlayAsync(
            simulator,
            """<Response><Say>Hello there</Say><Pause length="7"/><Play>https://a.example/b.mp3</Play><Hangup/><Say>never</Say></Response>"""
        );

        Assert.Equal(["Say: Hello there", "Pause", "Play: https://a.example/b.mp3", "Hangup"], played);
        Assert.Equal(("completed", 13), (status, duration));
    }

    [Theory]
    [InlineData("<Response><Reject reason='busy'/></Response>", "busy")]
    [InlineData("<Response><Reject/></Response>", "no-answer")]
    [InlineData("<Response/>", "completed")]
    public async Task A_call_can_end_before_anything_is_heard(string document, string end)
    {
        await using var simulator = await SimulatorUnderTest.StartAsync();

        var (_, status, duration) = await PlayAsync(simulator, document);

        Assert.Equal((end, 0), (status, duration));
    }

    [Theory]
    [InlineData("<Response><Say>", "error 12100")]
    [InlineData("<Antwort/>", "error 12200")]
    [InlineData("<!DOCTYPE x [<!ENTITY y SYSTEM 'file:///etc/hostname'>]><Response><Say>&y;</Say></Response>", "error 12100")]
    public async Task What_is_no_twiml_ends_in_an_apology(string document, string error)
    {
        await using var simulator = await SimulatorUnderTest.StartAsync();

        var (played, status, _) = await PlayAsync(simulator, document);

        Assert.StartsWith(error, played[0], StringComparison.Ordinal);
        Assert.Contains("application error", played[1], StringComparison.Ordinal);
        Assert.Equal("completed", status);
    }

    [Fact]
    public async Task Redirects_are_followed_relative_to_the_document_and_not_for_ever()
    {
        await using var simulator = await SimulatorUnderTest.StartAsync();
        simulator.Receiver.Answer = (request, context) =>
            request.Path switch
            {
                "/webhooks/twilio/calls" => Receiver.Twiml(context, "<Response><Redirect method='GET'>next?step=2</Redirect></Response>"),
                _ => Receiver.Twiml(context, "<Response><Redirect>calls</Redirect></Response>"),
            };

        var call = await CallAsync(simulator);

        Assert.Equal("error 12000: too many documents", call.Played[^1]);
        var next = simulator.Receiver.To("/webhooks/twilio/next")[0];
        Assert.Equal("GET", next.Method);
        Assert.Contains("step=2&AccountSid=", next.Url, StringComparison.Ordinal);
        Assert.Equal(Simulators.Twilio.Webhooks.WebhookSignature.Sign(SimulatorUnderTest.AuthToken, next.Url, []), next.Headers["X-Twilio-Signature"]);
    }

    [Fact]
    public async Task Dial_reports_the_leg_and_goes_on_with_its_action()
    {
        await using var simulator = await SimulatorUnderTest.StartAsync();
        simulator.Receiver.Answer = (request, context) =>
            request.Path == "/webhooks/twilio/calls"
                ? Receiver.Twiml(
                    context,
                    """<Response><Dial action="/dialled" record="record-from-answer" recordingStatusCallback="/rec"><Number statusCallback="/leg" statusCallbackEvent="initiated answered completed">+16045550201</Number></Dial></Response>"""
                )
                : Receiver.Twiml(
                    context,
                    """<Response><Dial record="record-from-answer" recordingStatusCallback="/rec"><Sip>sip:desk@pbx.example</Sip></Dial></Response>"""
                );

        var call = await CallAsync(simulator);

        Assert.Equal(["Dial Number +16045550201", "Dial Sip sip:desk@pbx.example"], call.Played);
        Assert.Equal("busy", simulator.Receiver.To("/dialled")[0].Form["DialCallStatus"]);
        Assert.Equal(["initiated", "busy"], simulator.Receiver.To("/leg").Select(request => request.Form["CallStatus"]));
        var recording = Assert.Single(simulator.Receiver.To("/rec")).Form;
        Assert.Equal(("DialVerb", "30"), (recording["RecordingSource"], recording["RecordingDuration"]));
    }

    [Fact]
    public async Task A_voicemail_is_recorded_transcribed_and_its_action_asked_though_the_caller_is_gone()
    {
        await using var simulator = await SimulatorUnderTest.StartAsync();
        simulator.Receiver.Answer = (request, context) =>
            Receiver.Twiml(
                context,
                request.Path == "/webhooks/twilio/calls"
                    ? """<Response><Say>Speak</Say><Record action="/after" transcribe="true" transcribeCallback="/text" recordingStatusCallback="/rec"/></Response>"""
                    : "<Response><Say>never heard</Say></Response>"
            );
        string[] transcript = ["It's Tom.", "Call me."];

        var call = await simulator.PostAsync(
            "/simulator/calls",
            new
            {
                from = SimulatorUnderTest.Theirs,
                to = SimulatorUnderTest.Ours,
                duration_seconds = 12,
                transcript,
            }
        );

        Assert.Equal(12, call.GetProperty("duration").GetInt32());
        var after = Assert.Single(simulator.Receiver.To("/after")).Form;
        Assert.Equal(("hangup", "11"), (after["Digits"], after["RecordingDuration"]));
        await SimulatorUnderTest.UntilAsync(() => simulator.Receiver.To("/text").Count == 1 && simulator.Receiver.To("/rec").Count == 1);
        Assert.Equal("It's Tom. Call me.", simulator.Receiver.To("/text")[0].Form["TranscriptionText"]);
        Assert.Equal(after["RecordingSid"], simulator.Receiver.To("/rec")[0].Form["RecordingSid"]);
    }

    [Fact]
    public async Task Gather_hears_one_sentence_after_the_other()
    {
        await using var simulator = await SimulatorUnderTest.StartAsync();
        simulator.Receiver.Answer = (_, context) =>
            Receiver.Twiml(context, "<Response><Gather input='speech dtmf'><Say>Yes?</Say></Gather><Say>Bye</Say></Response>");
        string[] transcript = ["A cleaning please", "Thursday"];

        var call = await simulator.PostAsync(
            "/simulator/calls",
            new
            {
                from = SimulatorUnderTest.Theirs,
                to = SimulatorUnderTest.Ours,
                transcript,
            }
        );

        Assert.Equal(
            ["Gather", "Say: Yes?", "Gather", "Say: Yes?", "Gather", "Say: Yes?", "Say: Bye"],
            call.GetProperty("played").EnumerateArray().Select(verb => verb.GetString())
        );
        Assert.Equal(
            ["A cleaning please", "Thursday"],
            simulator.Receiver.To("/webhooks/twilio/calls").Skip(1).Select(request => request.Form["SpeechResult"])
        );
    }

    [Fact]
    public async Task A_stream_carries_start_media_and_stop_to_the_agent()
    {
        await using var simulator = await SimulatorUnderTest.StartAsync();
        await using var agent = await StreamAgent.StartAsync();

        var (played, status, duration) = await PlayAsync(
            simulator,
            $"""<Response><Connect><Stream url="{agent.Url}"><Parameter name="contact" value="7"/></Stream></Connect><Say>Bye</Say></Response>"""
        );

        var messages = await agent.MessagesAsync();
        Assert.Equal(["connected", "start", "media"], messages.Take(3).Select(message => message.GetProperty("event").GetString()));
        Assert.Equal("stop", messages[^1].GetProperty("event").GetString());
        Assert.Equal("7", messages[1].GetProperty("start").GetProperty("customParameters").GetProperty("contact").GetString());
        Assert.Equal(30 * 50, messages.Count(message => message.GetProperty("event").GetString() == "media"));
        Assert.Equal(("Say: Bye", "completed", 31), (played[^1], status, duration));
    }

    [Fact]
    public async Task A_stream_that_cannot_be_had_is_noted_and_the_call_goes_on()
    {
        await using var simulator = await SimulatorUnderTest.StartAsync();

        var (played, _, _) = await PlayAsync(simulator, """<Response><Connect><Stream url="ws://127.0.0.1:1/x"/></Connect><Say>Sorry</Say></Response>""");

        Assert.StartsWith("error 31920", played[1], StringComparison.Ordinal);
        Assert.Equal("Say: Sorry", played[2]);
    }

    private static async Task<(string[] Played, string Status, int Duration)> PlayAsync(SimulatorUnderTest simulator, string document)
    {
        simulator.Receiver.Answer = (_, context) => Receiver.Twiml(context, document);
        return await CallAsync(simulator);
    }

    private static async Task<(string[] Played, string Status, int Duration)> CallAsync(SimulatorUnderTest simulator)
    {
        var call = await simulator.PostAsync("/simulator/calls", new { from = SimulatorUnderTest.Theirs, to = SimulatorUnderTest.Ours });
        string[] played = [.. call.GetProperty("played").EnumerateArray().Select(verb => verb.GetString()!)];
        return (played, call.GetProperty("status").GetString()!, call.GetProperty("duration").GetInt32());
    }
}
