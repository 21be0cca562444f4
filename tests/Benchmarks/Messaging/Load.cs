using System.Diagnostics;

namespace Benchmarks.Messaging;

internal static class Load
{
    /// <summary>Runs the work from this many clients until the time is over; operations per second.</summary>
    public static async Task<double> RateAsync(int clients, TimeSpan time, Func<Task> work)
    {
        await work();
        var clock = Stopwatch.StartNew();
        var done = await Task.WhenAll(
            Enumerable
                .Range(0, clients)
                .Select(async _ =>
                {
                    var count = 0;
                    while (clock.Elapsed < time)
                    {
                        await work();
                        count++;
                    }
                    return count;
                })
        );
        return done.Sum() / clock.Elapsed.TotalSeconds;
    }
}
