using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using CommunicationsIngest.Tests.Texts;
using Testing;

namespace CommunicationsIngest.Tests.Consent;

/// <summary>An opt-out and an automated text to the same person, at the same time, again and again.</summary>
public sealed class OptOutRaceTests(PostgresFixture postgres)
{
    private const int Races = 1_000;
    private const int AtOnce = 8;

    [Fact]
    public async Task No_text_reaches_the_provider_after_the_opt_out_was_acknowledged()
    {
        using var twilio = new FakeTwilio
        {
            Answer = async _ =>
            {
                await Task.Delay(Random.Shared.Next(15));
                return null;
            },
        };
        await using var communications = await twilio.StartAsync(postgres);
        var acknowledged = new ConcurrentDictionary<string, long>();
        var refusedAtOnce = 0;

        await Parallel.ForEachAsync(
            Enumerable.Range(0, Races),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce },
            async (race, cancellationToken) =>
            {
                var person = $"+1778555{race:0000}";
                var stop = StopAsync(communications, person, acknowledged, Random.Shared.Next(120));
                var first = await SendAsync(communications, person);
                await stop;
                if (first == HttpStatusCode.Conflict)
                {
                    Interlocked.Increment(ref refusedAtOnce);
                }
                Assert.Equal(HttpStatusCode.Conflict, await SendAsync(communications, person));
            }
        );
        await SettledAsync(communications);

        Assert.Equal(Races, acknowledged.Count);
        var late = twilio.Sent.Where(text => text.ArrivedAt > acknowledged[text.To]).ToList();
        Assert.Empty(late);
        // All three ends were met: otherwise the two did not race.
        var canceled = await communications.SqlAsync<int>("SELECT count(*)::int FROM messages WHERE status = 'canceled' AND error_code = 'opt_out'");
        TestContext.Current.SendDiagnosticMessage($"{twilio.Sent.Count} sent before, {canceled} canceled at send time, {refusedAtOnce} refused at once");
        Assert.True(!twilio.Sent.IsEmpty && canceled > 0 && refusedAtOnce > 0, $"{twilio.Sent.Count} sent, {canceled} canceled, {refusedAtOnce} refused");
        Assert.Equal(Races, twilio.Sent.Count + canceled + refusedAtOnce);
    }

    private static async Task StopAsync(Communications communications, string person, ConcurrentDictionary<string, long> acknowledged, int delay)
    {
        await Task.Delay(delay);
        var answer = await communications.TextAsync(person, "STOP");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        acknowledged[person] = Stopwatch.GetTimestamp();
    }

    private static async Task<HttpStatusCode> SendAsync(Communications communications, string person)
    {
        using var response = await communications.Api.PostAsJsonAsync(
            "/v1/texts",
            new
            {
                to = person,
                body = "Sale!",
                kind = "automated",
            }
        );
        return response.StatusCode;
    }

    private static async Task SettledAsync(Communications communications)
    {
        for (var i = 0; await communications.SqlAsync<int>("SELECT count(*)::int FROM text_queue") > 0; i++)
        {
            Assert.True(i < 600, "The queue does not become empty.");
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
    }
}
