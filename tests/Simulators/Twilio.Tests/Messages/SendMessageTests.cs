using System.Net.Http.Json;
using System.Text.Json;

namespace Simulators.Twilio.Tests.Messages;

public class SendMessageTests
{
    [Theory]
    [InlineData(null, "+16045550100", "Hi", 21604)]
    [InlineData("12", "+16045550100", "Hi", 21211)]
    [InlineData("+15005550001", "+16045550100", "Hi", 21211)]
    [InlineData("+15005550004", "+16045550100", "Hi", 21610)]
    [InlineData("+16045550142", null, "Hi", 21603)]
    [InlineData("+16045550142", "nobody", "Hi", 21212)]
    [InlineData("+16045550142", "+16045550142", "Hi", 21266)]
    [InlineData("+16045550142", "+16045550199", "Hi", 21606)]
    [InlineData("+16045550142", "+16045550100", null, 21602)]
    public async Task A_message_that_cannot_be_sent_is_refused_with_the_code_of_the_real_api(string? to, string? from, string? body, int code)
    {
        await using var simulator = await SimulatorUnderTest.StartAsync(("Twilio:Numbers:0", SimulatorUnderTest.Ours), ("Twilio:Numbers:1", "+16045550142"));
        var form = new[] { ("To", to), ("From", from), ("Body", body) }
            .Where(field => field.Item2 is not null)
            .Select(field => (field.Item1, field.Item2!))
            .ToArray();

        var (status, error) = await simulator.ApiPostAsync("Messages.json", form);

        Assert.Equal(400, status);
        Assert.Equal(code, error.GetProperty("code").GetInt32());
        Assert.Equal($"https://www.twilio.com/docs/errors/{code}", error.GetProperty("more_info").GetString());
        Assert.Equal(400, error.GetProperty("status").GetInt32());
    }

    [Fact]
    public async Task A_body_of_1601_characters_is_too_long()
    {
        await using var simulator = await SimulatorUnderTest.StartAsync();

        var (_, error) = await simulator.ApiPostAsync(
            "Messages.json",
            ("To", SimulatorUnderTest.Theirs),
            ("From", SimulatorUnderTest.Ours),
            ("Body", new string('x', 1601))
        );

        Assert.Equal(21617, error.GetProperty("code").GetInt32());
    }

    [Theory]
    [InlineData("+16045550142", "delivered", null)]
    [InlineData("+16045550205", "undelivered", "30003")]
    public async Task A_message_is_queued_sent_and_delivered_or_not(string to, string end, string? errorCode)
    {
        await using var simulator = await SimulatorUnderTest.StartAsync();

        var (status, message) = await SendAsync(simulator, to);
        await SimulatorUnderTest.UntilAsync(() => simulator.Receiver.Requests.Count == 3);

        Assert.Equal(201, status);
        Assert.Equal("queued", message.GetProperty("status").GetString());
        Assert.Equal("1", message.GetProperty("num_segments").GetString());
        Assert.Equal(["queued", "sent", end], simulator.Receiver.Requests.Select(request => request.Form["MessageStatus"]));
        Assert.Equal(errorCode, simulator.Receiver.Requests[2].Form.GetValueOrDefault("ErrorCode"));
        var now = await simulator.Api.GetFromJsonAsync<JsonElement>($"Messages/{message.GetProperty("sid").GetString()}.json");
        Assert.Equal(end, now.GetProperty("status").GetString());
    }

    [Fact]
    public async Task A_messaging_service_accepts_before_it_queues()
    {
        await using var simulator = await SimulatorUnderTest.StartAsync();

        var (_, message) = await simulator.ApiPostAsync(
            "Messages.json",
            ("To", SimulatorUnderTest.Theirs),
            ("MessagingServiceSid", "MG" + new string('1', 32)),
            ("Body", "Hi"),
            ("StatusCallback", simulator.Receiver.Url + "/status")
        );
        await SimulatorUnderTest.UntilAsync(() => simulator.Receiver.Requests.Count == 4);

        Assert.Equal("accepted", message.GetProperty("status").GetString());
        Assert.Equal(["accepted", "queued", "sent", "delivered"], simulator.Receiver.Requests.Select(request => request.Form["MessageStatus"]));
    }

    [Fact]
    public async Task Callbacks_can_be_shuffled_or_doubled()
    {
        await using var simulator = await SimulatorUnderTest.StartAsync(("Simulator:Callbacks", "Shuffled"));

        await SendAsync(simulator, SimulatorUnderTest.Theirs);
        await SimulatorUnderTest.UntilAsync(() => simulator.Receiver.Requests.Count == 3);
        Assert.NotEqual(["queued", "sent", "delivered"], simulator.Receiver.Requests.Select(request => request.Form["MessageStatus"]));

        await simulator.Http.PutAsJsonAsync("/simulator/behaviour", new { callbacks = "duplicated", message_step_ms = 1 });
        await SendAsync(simulator, SimulatorUnderTest.Theirs);
        await SimulatorUnderTest.UntilAsync(() => simulator.Receiver.Requests.Count == 9);
        Assert.Equal(
            ["queued", "queued", "sent", "sent", "delivered", "delivered"],
            simulator.Receiver.Requests.Skip(3).Select(request => request.Form["MessageStatus"])
        );
    }

    private static Task<(int Status, JsonElement Body)> SendAsync(SimulatorUnderTest simulator, string to) =>
        simulator.ApiPostAsync(
            "Messages.json",
            ("To", to),
            ("From", SimulatorUnderTest.Ours),
            ("Body", "Your appointment is at 3."),
            ("StatusCallback", simulator.Receiver.Url + "/webhooks/twilio/message-status")
        );
}
