using Microsoft.AspNetCore.Http;

namespace Simulators.Twilio.Tests.Webhooks;

public class WebhookSenderTests
{
    [Fact]
    public async Task A_dropped_connection_is_tried_once_more_with_the_same_token_and_signature()
    {
        await using var simulator = await SimulatorUnderTest.StartAsync();
        simulator.Receiver.Answer = (_, context) => simulator.Receiver.Requests.Count == 1 ? Receiver.Drop(context) : Receiver.Twiml(context, "<Response/>");

        var placed = await TextAsync(simulator);

        Assert.True(placed.GetProperty("acknowledged").GetBoolean());
        var (first, second) = (simulator.Receiver.Requests[0], simulator.Receiver.Requests[1]);
        Assert.Equal(first.Headers["I-Twilio-Idempotency-Token"], second.Headers["I-Twilio-Idempotency-Token"]);
        Assert.Equal(first.Headers["X-Twilio-Signature"], second.Headers["X-Twilio-Signature"]);
        Assert.Equal(first.Form, second.Form);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(403)]
    [InlineData(302)]
    public async Task Another_answer_than_2xx_is_final_and_no_acknowledgement(int status)
    {
        await using var simulator = await SimulatorUnderTest.StartAsync();
        simulator.Receiver.Answer = (_, context) =>
        {
            context.Response.StatusCode = status;
            context.Response.Headers.Location = "/elsewhere";
            return Task.CompletedTask;
        };

        var placed = await TextAsync(simulator);

        Assert.False(placed.GetProperty("acknowledged").GetBoolean());
        Assert.Single(simulator.Receiver.Requests);
    }

    [Theory]
    [InlineData("#rc=3&rp=5xx", 4)]
    [InlineData("#rc=3&rp=4xx", 1)]
    [InlineData("#rc=2&rp=all", 3)]
    public async Task The_fragment_of_a_url_overrides_retries(string overrides, int attempts)
    {
        await using var simulator = await SimulatorUnderTest.StartAsync();
        simulator.Receiver.Answer = (_, context) =>
        {
            context.Response.StatusCode = 503;
            return Task.CompletedTask;
        };

        await simulator.ApiPostAsync(
            "Messages.json",
            ("To", SimulatorUnderTest.Theirs),
            ("From", SimulatorUnderTest.Ours),
            ("Body", "x"),
            ("StatusCallback", simulator.Receiver.Url + "/status" + overrides)
        );

        // queued, sent, delivered: each is tried as often.
        await SimulatorUnderTest.UntilAsync(() => simulator.Receiver.Requests.Count == 3 * attempts);
        await Task.Delay(300);
        Assert.Equal(3 * attempts, simulator.Receiver.Requests.Count);
        Assert.Equal(3, simulator.Receiver.Requests.Select(request => request.Headers["I-Twilio-Idempotency-Token"]).Distinct().Count());
    }

    [Fact]
    public async Task A_replay_is_the_very_same_request()
    {
        await using var simulator = await SimulatorUnderTest.StartAsync();
        var placed = await TextAsync(simulator);
        var id = placed.GetProperty("delivery").GetProperty("id").GetInt64();

        await simulator.PostAsync($"/simulator/deliveries/{id}/replays", new { });

        var (first, second) = (simulator.Receiver.Requests[0], simulator.Receiver.Requests[1]);
        Assert.Equal(first.Form, second.Form);
        Assert.Equal(first.Headers, second.Headers);
    }

    private static Task<System.Text.Json.JsonElement> TextAsync(SimulatorUnderTest simulator) =>
        simulator.PostAsync(
            "/simulator/texts",
            new
            {
                from = SimulatorUnderTest.Theirs,
                to = SimulatorUnderTest.Ours,
                body = "Hello",
            }
        );
}
