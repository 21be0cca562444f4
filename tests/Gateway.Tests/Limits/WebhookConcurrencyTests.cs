using System.Collections.Concurrent;
using System.Net;

namespace Gateway.Tests.Limits;

public sealed class WebhookConcurrencyTests : GatewayTests
{
    protected override Dictionary<string, string?> Settings => new() { ["RateLimits:WebhookConcurrency"] = "4", ["RateLimits:WebhookQueue"] = "6" };

    [Fact]
    public async Task A_flood_of_webhooks_is_worked_off_in_turn_and_what_is_beyond_is_told_to_come_back()
    {
        var gate = new TaskCompletionSource();
        var inWork = 0;
        var counts = new ConcurrentBag<int>();
        Communications.Answer = async _ =>
        {
            counts.Add(Interlocked.Increment(ref inWork));
            await gate.Task;
            Interlocked.Decrement(ref inWork);
        };

        var requests = Enumerable.Range(0, 20).Select(_ => Client.PostAsync("/webhooks/x", new StringContent("a=b"))).ToList();
        await UntilAsync(() => requests.Count(request => request.IsCompleted) >= 10);
        gate.SetResult();
        var responses = await Task.WhenAll(requests);

        Assert.Equal(10, responses.Count(response => response.StatusCode == HttpStatusCode.OK));
        var refused = responses.Where(response => response.StatusCode != HttpStatusCode.OK).ToList();
        Assert.All(refused, response => Assert.NotNull(response.Headers.RetryAfter));
        await refused[0].ProblemAsync(503, "unavailable");
        Assert.InRange(counts.Max(), 1, 4);
    }
}
