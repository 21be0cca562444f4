using System.Diagnostics;

namespace Messaging.Tests;

internal static class Eventually
{
    /// <summary>Waits until the value is as expected; fails with the last value seen.</summary>
    public static async Task EqualAsync<T>(T expected, Func<Task<T>> actual, TimeSpan? within = null)
    {
        var clock = Stopwatch.StartNew();
        while (true)
        {
            var value = await actual();
            if (EqualityComparer<T>.Default.Equals(expected, value))
            {
                return;
            }
            if (clock.Elapsed > (within ?? TimeSpan.FromSeconds(30)))
            {
                Assert.Equal(expected, value);
            }
            await Task.Delay(50);
        }
    }
}
