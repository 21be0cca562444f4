using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;

namespace Simulators.Twilio.Tests.Network;

public class LoadTests
{
    [Fact]
    public async Task The_report_names_exactly_the_texts_that_a_flaky_receiver_acknowledged()
    {
        await using var simulator = await SimulatorUnderTest.StartAsync();
        var acknowledged = new ConcurrentDictionary<string, bool>();
        var attempts = new ConcurrentDictionary<string, ConcurrentBag<string>>();
        simulator.Receiver.Answer = async (request, context) =>
        {
            var sid = request.Form["MessageSid"];
            var tokens = attempts.GetOrAdd(sid, _ => []);
            tokens.Add(request.Headers["I-Twilio-Idempotency-Token"]);
            // A tenth never gets through; the others fail in every way before they do.
            if (sid[^1] == '0')
                context.Response.StatusCode = 503;
            else if (tokens.Count < 1 + Convert.ToInt32(sid[^2..^1], 16) % 3)
            {
                if (sid[^3] < '8')
                    context.Abort();
                else
                    context.Response.StatusCode = 500;
            }
            else
            {
                acknowledged[sid] = true;
                await Receiver.Twiml(context, "<Response/>");
            }
        };

        var report = await simulator.PostAsync(
            "/simulator/load",
            new
            {
                rate_per_second = 400,
                total = 400,
                from_pool = 25,
                to = SimulatorUnderTest.Ours,
                tries = 4,
                backoff_ms = 5,
            }
        );

        string[] reported = [.. report.GetProperty("acknowledged_sids").EnumerateArray().Select(sid => sid.GetString()!)];
        Assert.Equal(acknowledged.Keys.Order(), reported.Order());
        Assert.Equal(400, attempts.Count);
        Assert.Equal((acknowledged.Count, 400 - acknowledged.Count), (report.GetProperty("acknowledged").GetInt32(), report.GetProperty("failed").GetInt32()));
        Assert.Equal(attempts.Values.Sum(tokens => tokens.Count), report.GetProperty("attempts").GetInt32());
        Assert.Equal(
            attempts.Keys.Except(acknowledged.Keys).Order(),
            report.GetProperty("failures").EnumerateArray().Select(failure => failure.GetProperty("message_sid").GetString()).Order()
        );
        Assert.All(attempts.Values, tokens => Assert.Single(tokens.Distinct()));
        Assert.NotEmpty(report.GetProperty("failures").EnumerateArray());
        Assert.Equal(25, simulator.Receiver.Requests.Select(request => request.Form["From"]).Distinct().Count());
    }

    [Fact]
    public async Task The_rate_does_not_wait_for_answers()
    {
        await using var simulator = await SimulatorUnderTest.StartAsync();
        simulator.Receiver.Answer = async (_, context) =>
        {
            await Task.Delay(400);
            await Receiver.Twiml(context, "<Response/>");
        };

        var report = await simulator.PostAsync(
            "/simulator/load",
            new
            {
                rate_per_second = 100,
                total = 100,
                from_pool = 1,
                to = SimulatorUnderTest.Ours,
            }
        );

        Assert.InRange(report.GetProperty("duration_seconds").GetDouble(), 1.0, 5);
        Assert.InRange(report.GetProperty("latency").GetProperty("p50").GetDouble(), 390, 3000);
    }

    [Fact]
    public async Task The_same_seed_repeats_the_same_texts()
    {
        await using var simulator = await SimulatorUnderTest.StartAsync();
        string[] pool = ["+16045550142", "anonymous"];
        var load = new
        {
            rate_per_second = 1000,
            total = 10,
            from_pool = pool,
            to = SimulatorUnderTest.Ours,
            kind = "mms",
            seed = "a",
        };

        await simulator.PostAsync("/simulator/load", load);
        var first = simulator.Receiver.Requests.Select(request => request.Form["MessageSid"]).Order().ToArray();
        await simulator.PostAsync("/simulator/load", load);

        Assert.Equal(first, simulator.Receiver.Requests.Skip(10).Select(request => request.Form["MessageSid"]).Order());
        Assert.All(first, sid => Assert.StartsWith("MM", sid, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(10, 0)]
    public async Task A_load_that_makes_no_sense_is_refused(double rate, int total)
    {
        await using var simulator = await SimulatorUnderTest.StartAsync();

        using var content = System.Net.Http.Json.JsonContent.Create(
            new
            {
                rate_per_second = rate,
                total,
                from_pool = 1,
                to = SimulatorUnderTest.Ours,
            }
        );
        using var answer = await simulator.Http.PostAsync("/simulator/load", content);

        Assert.Equal(400, (int)answer.StatusCode);
    }
}
