using System.Globalization;
using System.Text.Json;
using Simulators.Twilio.Webhooks;

namespace Simulators.Twilio.Tests.Calls;

public class InboundCallTests
{
    [Fact]
    public async Task A_call_asks_for_instructions_and_reports_its_progress_in_order()
    {
        await using var simulator = await SimulatorUnderTest.StartAsync();
        simulator.Receiver.Answer = (_, context) => Receiver.Twiml(context, "<Response><Say>Hello there</Say></Response>");

        var call = await CallAsync(
            simulator,
            new
            {
                from = SimulatorUnderTest.Theirs,
                to = SimulatorUnderTest.Ours,
                duration_seconds = 90,
                caller_name = "M LOPEZ",
                recording = true,
            }
        );

        Assert.Equal("completed", call.GetProperty("status").GetString());
        Assert.Equal(90, call.GetProperty("duration").GetInt32());
        var asked = Assert.Single(simulator.Receiver.To("/webhooks/twilio/calls"));
        Assert.Equal(
            ("ringing", "inbound", "M LOPEZ", "TN-Validation-Passed-A"),
            (asked.Form["CallStatus"], asked.Form["Direction"], asked.Form["CallerName"], asked.Form["StirVerstat"])
        );
        Assert.Equal(WebhookSignature.Sign(SimulatorUnderTest.AuthToken, asked.Url, asked.Form), asked.Headers["X-Twilio-Signature"]);

        var progress = simulator.Receiver.To("/webhooks/twilio/call-status").Select(request => request.Form).ToArray();
        Assert.Equal(["initiated", "ringing", "in-progress", "completed"], progress.Select(form => form["CallStatus"]));
        Assert.Equal(["0", "1", "2", "3"], progress.Select(form => form["SequenceNumber"]));
        Assert.Equal(("90", "2"), (progress[3]["CallDuration"], progress[3]["Duration"]));
        Assert.Equal(90, (Time(progress[3]) - Time(progress[2])).TotalSeconds, tolerance: 1);
        Assert.InRange(Time(progress[3]), DateTimeOffset.Parse("2000-01-01", CultureInfo.InvariantCulture), TimeProvider.System.GetUtcNow().AddSeconds(2));

        var recording = Assert.Single(simulator.Receiver.To("/webhooks/twilio/recordings")).Form;
        Assert.Equal(("completed", "90", asked.Form["CallSid"]), (recording["RecordingStatus"], recording["RecordingDuration"], recording["CallSid"]));

        static DateTimeOffset Time(Dictionary<string, string> form) =>
            DateTimeOffset.ParseExact(form["Timestamp"], "ddd, dd MMM yyyy HH:mm:ss zz'00'", CultureInfo.InvariantCulture);
    }

    [Fact]
    public async Task Callbacks_come_shuffled_or_doubled_when_asked()
    {
        await using var simulator = await SimulatorUnderTest.StartAsync();

        await CallAsync(
            simulator,
            new
            {
                from = SimulatorUnderTest.Theirs,
                to = SimulatorUnderTest.Ours,
                callbacks = "shuffled",
            }
        );
        var numbers = simulator.Receiver.To("/webhooks/twilio/call-status").Select(request => request.Form["SequenceNumber"]).ToArray();
        Assert.Equal(["0", "1", "2", "3"], numbers.Order());
        Assert.NotEqual(["0", "1", "2", "3"], numbers);

        await CallAsync(
            simulator,
            new
            {
                from = SimulatorUnderTest.Theirs,
                to = SimulatorUnderTest.Ours,
                callbacks = "duplicated",
            }
        );
        Assert.Equal(
            ["0", "0", "1", "1", "2", "2", "3", "3"],
            simulator.Receiver.To("/webhooks/twilio/call-status").Skip(4).Select(request => request.Form["SequenceNumber"])
        );
    }

    [Theory]
    [InlineData("no-answer")]
    [InlineData("busy")]
    [InlineData("canceled")]
    [InlineData("failed")]
    public async Task A_call_that_nobody_answered_has_no_duration(string outcome)
    {
        await using var simulator = await SimulatorUnderTest.StartAsync();

        var call = await CallAsync(
            simulator,
            new
            {
                from = SimulatorUnderTest.Theirs,
                to = SimulatorUnderTest.Ours,
                outcome,
            }
        );

        Assert.Equal((outcome, 0), (call.GetProperty("status").GetString(), call.GetProperty("duration").GetInt32()));
        Assert.Equal(["initiated", "ringing", outcome], simulator.Receiver.To("/webhooks/twilio/call-status").Select(request => request.Form["CallStatus"]));
    }

    [Fact]
    public async Task A_call_need_not_be_waited_for()
    {
        await using var simulator = await SimulatorUnderTest.StartAsync();

        var call = await CallAsync(
            simulator,
            new
            {
                from = SimulatorUnderTest.Theirs,
                to = SimulatorUnderTest.Ours,
                duration_seconds = 100,
                wait = false,
            }
        );

        Assert.Equal("ringing", call.GetProperty("status").GetString());
        await SimulatorUnderTest.UntilAsync(() => simulator.Receiver.Requests.Any(request => request.Form["CallStatus"] == "completed"));
    }

    [Fact]
    public async Task A_hidden_caller_has_no_place()
    {
        await using var simulator = await SimulatorUnderTest.StartAsync();

        await CallAsync(simulator, new { from = "anonymous", to = SimulatorUnderTest.Ours });

        var form = simulator.Receiver.To("/webhooks/twilio/calls")[0].Form;
        Assert.Equal(("anonymous", "", "No-TN-Validation"), (form["From"], form["FromCountry"], form["StirVerstat"]));
    }

    private static Task<JsonElement> CallAsync(SimulatorUnderTest simulator, object call) => simulator.PostAsync("/simulator/calls", call);
}
