using System.Threading.RateLimiting;

namespace Identity.Sessions;

/// <summary>Ten failed sign-ins in five minutes from one address for one email; successes are not counted. The lockout of the person is apart from it, and in the database.</summary>
internal sealed class SignInThrottle : IDisposable
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(5);

    private readonly PartitionedRateLimiter<string> _failures = PartitionedRateLimiter.Create<string, string>(key =>
        RateLimitPartition.GetFixedWindowLimiter(key, _ => new() { PermitLimit = 10, Window = Window })
    );

    public bool IsExhausted(string key) => _failures.GetStatistics(key)?.CurrentAvailablePermits == 0;

    public void CountFailure(string key) => _failures.AttemptAcquire(key).Dispose();

    public static string RetryAfterSeconds => ((int)Window.TotalSeconds).ToString(System.Globalization.CultureInfo.InvariantCulture);

    public void Dispose() => _failures.Dispose();
}
