using Simulators.Twilio.Webhooks;

namespace Simulators.Twilio.Network;

/// <summary>What became of one text of a load.</summary>
/// <param name="Latency">From the moment it was due to the last answer.</param>
internal sealed record LoadItem(string Sid, Delivery Last, TimeSpan Latency);

/// <summary>A text that no attempt got a 2xx for.</summary>
public sealed record LoadFailure(string MessageSid, int Attempts, int? Status, string? Error);

/// <summary>Milliseconds from the moment a text was due to its acknowledgement, retries included.</summary>
public sealed record LoadLatency(double P50, double P90, double P95, double P99, double Max);

/// <param name="Acknowledged">Texts for which some attempt got a 2xx; no others.</param>
/// <param name="Retried">Texts that needed more than one attempt.</param>
/// <param name="Latency">Of the acknowledged ones; absent when there are none.</param>
public sealed record LoadReport(
    int Total,
    int Acknowledged,
    int Failed,
    int Attempts,
    int Retried,
    double DurationSeconds,
    double RatePerSecond,
    LoadLatency? Latency,
    IReadOnlyList<string> AcknowledgedSids,
    IReadOnlyList<LoadFailure> Failures
)
{
    internal static LoadReport Of(LoadItem[] items, TimeSpan duration)
    {
        // The sender stops at the first 2xx, so the last attempt alone decides.
        var acknowledged = items.Where(item => item.Last.Acknowledged).ToArray();
        var latencies = acknowledged.Select(item => item.Latency.TotalMilliseconds).Order().ToArray();
        return new LoadReport(
            items.Length,
            acknowledged.Length,
            items.Length - acknowledged.Length,
            items.Sum(item => item.Last.Attempt),
            items.Count(item => item.Last.Attempt > 1),
            duration.TotalSeconds,
            items.Length / duration.TotalSeconds,
            latencies.Length > 0 ? new LoadLatency(At(0.50), At(0.90), At(0.95), At(0.99), latencies[^1]) : null,
            [.. acknowledged.Select(item => item.Sid)],
            [.. items.Where(item => !item.Last.Acknowledged).Select(item => new LoadFailure(item.Sid, item.Last.Attempt, item.Last.Status, item.Last.Error))]
        );

        // Nearest rank: a value that was measured, never one in between.
        double At(double share) => latencies[Math.Max(0, (int)Math.Ceiling(share * latencies.Length) - 1)];
    }
}
