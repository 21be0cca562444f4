using Microsoft.AspNetCore.Http;
using Simulators.Twilio.Demo;
using Simulators.Twilio.Numbers;

namespace Simulators.Twilio.Tests.Demo;

public class DemoDayTests
{
    [Fact]
    public async Task The_number_is_registered_first_and_a_second_run_repeats_the_first()
    {
        var (first, second) = (await PlayAsync(), await PlayAsync());

        Assert.Equal(first, second);
        Assert.InRange(first.Select(request => request.From).Distinct().Count(), 15, 25);
        Assert.Contains(first, request => request.Body == "STOP");
        Assert.Contains(first, request => request.Sid.StartsWith("MM", StringComparison.Ordinal));
        Assert.Contains(first, request => request.Sid.StartsWith("RE", StringComparison.Ordinal));
        Assert.Contains(first, request => request.From == "+266696687");
    }

    [Fact]
    public void Everybody_in_the_script_can_reach_us() => Assert.All(DemoScript.Day, scene => Assert.True(PhoneNumber.CanCall(scene.From), scene.From));

    private static async Task<List<(string Path, string Sid, string From, string Body, string Status)>> PlayAsync()
    {
        var unhealthy = 1;
        await using var receiver = await Receiver.StartAsync();
        receiver.Answer = (request, context) =>
        {
            if (request.Path == "/health" && Interlocked.Exchange(ref unhealthy, 0) == 1)
                context.Response.StatusCode = 503;
            return request.Path.StartsWith("/webhooks", StringComparison.Ordinal)
                ? Receiver.Twiml(context, "<Response><Say>Hello</Say></Response>")
                : Task.CompletedTask;
        };
        await using var simulator = await SimulatorUnderTest.StartAsync(("Demo:Seed", "true"), ("Demo:ApiKey", "ck_test"), ("PublicUrl", receiver.Url));

        await SimulatorUnderTest.UntilAsync(() => receiver.Requests.Any(request => request.Form.GetValueOrDefault("Body") == "Great, I'll swing by after 4"));

        var requests = receiver.Requests.SkipWhile(request => request.Path == "/health").ToList();
        Assert.EndsWith("/v1/phone-numbers/%2B16045550100", requests[0].Url, StringComparison.Ordinal);
        Assert.Equal("Bearer ck_test", requests[0].Headers["Authorization"]);
        return
        [
            .. requests
                .Where(request => request.Path.StartsWith("/webhooks", StringComparison.Ordinal))
                .Select(request =>
                    (
                        request.Path,
                        request.Form.GetValueOrDefault("MessageSid") ?? request.Form.GetValueOrDefault("RecordingSid") ?? request.Form["CallSid"],
                        request.Form.GetValueOrDefault("From", ""),
                        request.Form.GetValueOrDefault("Body", ""),
                        request.Form.GetValueOrDefault("CallStatus", "")
                    )
                )
                .Order(),
        ];
    }
}
