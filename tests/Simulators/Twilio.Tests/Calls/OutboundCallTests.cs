using System.Net.Http.Json;
using System.Text.Json;

namespace Simulators.Twilio.Tests.Calls;

public class OutboundCallTests
{
    [Theory]
    [InlineData("+16045550142", "initiated ringing in-progress completed", "200")]
    [InlineData("+16045550201", "initiated ringing busy", "486")]
    [InlineData("+17785550202", "initiated ringing no-answer", "487")]
    [InlineData("+16045550203", "initiated failed", "404")]
    public async Task The_number_called_decides_how_the_call_ends(string to, string progress, string sip)
    {
        await using var simulator = await SimulatorUnderTest.StartAsync();

        var (status, call) = await DialAsync(simulator, to);
        await simulator.EndAsync(call);

        Assert.Equal((201, "queued"), (status, call.GetProperty("status").GetString()));
        Assert.Equal(progress, string.Join(' ', simulator.Receiver.To("/status").Select(request => request.Form["CallStatus"])));
        Assert.Equal(sip, simulator.Receiver.To("/status")[^1].Form["SipResponseCode"]);
    }

    [Fact]
    public async Task An_answered_call_asks_its_url_and_is_recorded()
    {
        await using var simulator = await SimulatorUnderTest.StartAsync();
        simulator.Receiver.Answer = (_, context) => Receiver.Twiml(context, "<Response><Say>Hello, this is the dentist</Say><Pause length='10'/></Response>");

        var (_, call) = await DialAsync(
            simulator,
            "+16045550204",
            ("Record", "true"),
            ("RecordingStatusCallback", simulator.Receiver.Url + "/rec"),
            ("MachineDetection", "Enable")
        );
        await simulator.EndAsync(call);

        Assert.Equal("machine_start", Assert.Single(simulator.Receiver.To("/twiml")).Form["AnsweredBy"]);
        await SimulatorUnderTest.UntilAsync(() => simulator.Receiver.To("/rec").Count == 1);
        Assert.Equal(
            ("OutboundAPI", "12"),
            (simulator.Receiver.To("/rec")[0].Form["RecordingSource"], simulator.Receiver.To("/rec")[0].Form["RecordingDuration"])
        );
    }

    [Fact]
    public async Task Only_the_end_is_reported_when_nothing_else_is_asked_for()
    {
        await using var simulator = await SimulatorUnderTest.StartAsync();

        var (_, call) = await simulator.ApiPostAsync(
            "Calls.json",
            ("To", SimulatorUnderTest.Theirs),
            ("From", SimulatorUnderTest.Ours),
            ("Twiml", "<Response><Say>Hi</Say></Response>"),
            ("StatusCallback", simulator.Receiver.Url + "/status")
        );
        await simulator.EndAsync(call);

        var form = Assert.Single(simulator.Receiver.Requests).Form;
        Assert.Equal(("completed", "0", "1"), (form["CallStatus"], form["SequenceNumber"], form["CallDuration"]));
    }

    [Fact]
    public async Task A_call_can_be_cut_off_and_then_no_more()
    {
        await using var simulator = await SimulatorUnderTest.StartAsync(("Simulator:TimeScale", "1"));
        simulator.Receiver.Answer = (_, context) => Receiver.Twiml(context, "<Response><Pause length='600'/></Response>");
        var (_, call) = await DialAsync(simulator, SimulatorUnderTest.Theirs);
        var path = $"Calls/{call.GetProperty("sid").GetString()}.json";
        await SimulatorUnderTest.UntilAsync(() => simulator.Receiver.To("/twiml").Count == 1);

        await simulator.ApiPostAsync(path, ("Status", "completed"));
        await simulator.EndAsync(call);
        var (status, error) = await simulator.ApiPostAsync(path, ("Status", "completed"));

        Assert.Equal("completed", simulator.Receiver.To("/status")[^1].Form["CallStatus"]);
        Assert.Equal((400, 21220), (status, error.GetProperty("code").GetInt32()));
    }

    [Fact]
    public async Task A_call_in_progress_can_be_given_other_instructions()
    {
        await using var simulator = await SimulatorUnderTest.StartAsync(("Simulator:TimeScale", "1"));
        simulator.Receiver.Answer = (_, context) => Receiver.Twiml(context, "<Response><Pause length='600'/></Response>");
        var (_, call) = await DialAsync(simulator, SimulatorUnderTest.Theirs);
        var sid = call.GetProperty("sid").GetString();
        await SimulatorUnderTest.UntilAsync(() => simulator.Receiver.To("/twiml").Count == 1);

        await simulator.ApiPostAsync($"Calls/{sid}.json", ("Twiml", "<Response><Say>Goodbye</Say></Response>"));
        await simulator.EndAsync(call);

        var played = (await simulator.Http.GetFromJsonAsync<JsonElement>($"/simulator/calls/{sid}"))
            .GetProperty("played")
            .EnumerateArray()
            .Select(verb => verb.GetString());
        Assert.Equal(["Pause", "Say: Goodbye"], played);
    }

    [Theory]
    [InlineData("", "+16045550100", 21201)]
    [InlineData("+16045550142", "", 21213)]
    [InlineData("12", "+16045550100", 21211)]
    [InlineData("+15005550004", "+16045550100", 21216)]
    [InlineData("+16045550142", "+16045550199", 21210)]
    public async Task A_call_that_cannot_be_placed_is_refused(string to, string from, int code)
    {
        await using var simulator = await SimulatorUnderTest.StartAsync(("Twilio:Numbers:0", SimulatorUnderTest.Ours));

        var (status, error) = await simulator.ApiPostAsync("Calls.json", ("To", to), ("From", from), ("Twiml", "<Response/>"));

        Assert.Equal((400, code), (status, error.GetProperty("code").GetInt32()));
    }

    private static Task<(int Status, JsonElement Body)> DialAsync(SimulatorUnderTest simulator, string to, params (string, string)[] more) =>
        simulator.ApiPostAsync(
            "Calls.json",
            [
                ("To", to),
                ("From", SimulatorUnderTest.Ours),
                ("Url", simulator.Receiver.Url + "/twiml"),
                ("StatusCallback", simulator.Receiver.Url + "/status"),
                ("StatusCallbackEvent", "initiated"),
                ("StatusCallbackEvent", "ringing"),
                ("StatusCallbackEvent", "answered"),
                ("StatusCallbackEvent", "completed"),
                .. more,
            ]
        );
}
