using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Simulators.Twilio.Accounts;
using Simulators.Twilio.Messages;
using Simulators.Twilio.Numbers;
using Simulators.Twilio.Webhooks;

namespace Simulators.Twilio.Network;

/// <summary><c>POST /simulator/load</c>: texts at a steady rate that does not wait for answers (open model).</summary>
/// <param name="RatePerSecond">Above 0, to 10,000.</param>
/// <param name="Total">1 to 1,000,000.</param>
/// <param name="FromPool">How many people text, 1 to 1,000,000, or their numbers; they take turns.</param>
/// <param name="Kind">text, or mms with one photo.</param>
/// <param name="Tries">Attempts for each, 1 to 1,000, after anything but a 2xx; same SID and idempotency token.</param>
/// <param name="BackoffMs">Pause before the second attempt; doubles with each, up to 5 s.</param>
/// <param name="Seed">The same seed gives the same SIDs and texts: a repetition. New ones when absent.</param>
public sealed record RunLoadRequest(
    double RatePerSecond,
    int Total,
    JsonElement FromPool,
    string To,
    string Kind = "text",
    int Tries = 20,
    int BackoffMs = 100,
    string? Seed = null
);

internal static class RunLoad
{
    private const int MostNumbers = 1_000_000;

    public static async Task<Results<Ok<LoadReport>, ValidationProblem>> Handle(
        RunLoadRequest request,
        InboundTexts texts,
        Randomness random,
        TimeProvider clock,
        CancellationToken cancellation
    )
    {
        var pool = Pool(request.FromPool);
        var errors = Errors(request, pool);
        if (errors.Count > 0)
            return TypedResults.ValidationProblem(errors);

        var seed = request.Seed ?? random.Sid("");
        var started = clock.GetTimestamp();
        var running = new Task<LoadItem>[request.Total];
        for (var index = 0; index < request.Total; index++)
        {
            // Due times come from the rate alone: a slow receiver gets no rest, and its queue counts as its latency.
            var due = TimeSpan.FromSeconds(index / request.RatePerSecond);
            var early = due - clock.GetElapsedTime(started);
            if (early > TimeSpan.Zero)
                await Task.Delay(early, clock, cancellation);
            running[index] = SendAsync(index, due);
        }
        return TypedResults.Ok(LoadReport.Of(await Task.WhenAll(running), clock.GetElapsedTime(started)));

        async Task<LoadItem> SendAsync(int index, TimeSpan due)
        {
            var mms = request.Kind == "mms";
            var sid = Sids.Of(mms ? "MM" : "SM", $"load/{seed}/{index}");
            var message = texts.Receive(pool![index % pool.Count], request.To, $"Load text {index + 1} of {request.Total}", mms ? ["image/jpeg"] : [], sid);
            var last = await texts.DeliverAsync(message, RetryPolicy.Persistent(request.Tries, TimeSpan.FromMilliseconds(request.BackoffMs)), cancellation);
            return new LoadItem(sid, last, clock.GetElapsedTime(started) - due);
        }
    }

    private static List<string>? Pool(JsonElement pool) =>
        pool.ValueKind switch
        {
            JsonValueKind.Number when pool.TryGetInt32(out var count) && count is > 0 and <= MostNumbers =>
            [
                .. Enumerable.Range(2_000_000, count).Select(line => "+1604" + line.ToString(CultureInfo.InvariantCulture)),
            ],
            JsonValueKind.Array
                when pool.EnumerateArray().All(number => number.ValueKind == JsonValueKind.String && PhoneNumber.CanCall(number.GetString()!)) =>
            [
                .. pool.EnumerateArray().Select(number => number.GetString()!),
            ],
            _ => null,
        };

    private static Dictionary<string, string[]> Errors(RunLoadRequest request, List<string>? pool)
    {
        var errors = Problems.OfParties("anonymous", request.To);
        if (request.RatePerSecond is not (> 0 and <= 10_000))
            errors["rate_per_second"] = ["Above 0, to 10000."];
        if (request.Total is < 1 or > 1_000_000)
            errors["total"] = ["From 1 to 1000000."];
        if (pool is not { Count: > 0 })
            errors["from_pool"] = [$"A count from 1 to {MostNumbers}, or a list of numbers in E.164."];
        if (request.Kind is not ("text" or "mms"))
            errors["kind"] = ["text or mms."];
        if (request.Tries is < 1 or > 1000)
            errors["tries"] = ["From 1 to 1000."];
        if (request.BackoffMs is < 0 or > 60_000)
            errors["backoff_ms"] = ["From 0 to 60000."];
        return errors;
    }
}
