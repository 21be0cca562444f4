namespace Gateway.Limits;

/// <summary>Section <c>RateLimits</c>.</summary>
internal sealed class RateLimitOptions
{
    /// <summary>Per API key or session, and the most that a key's own limit can be; as many at once.</summary>
    public int RequestsPerMinute { get; set; } = 6_000;

    /// <summary>Per address (IPv6: per /64).</summary>
    public int SignInsPerMinute { get; set; } = 60;

    /// <summary>Per address.</summary>
    public int ChatStartsPerMinute { get; set; } = 120;

    /// <summary>Per address, for the other public operations (chat visitors).</summary>
    public int PublicRequestsPerMinute { get; set; } = 1_200;

    /// <summary>Webhooks in work at once; providers repeat what is refused.</summary>
    public int WebhookConcurrency { get; set; } = 256;

    /// <summary>Webhooks that wait for their turn before more are refused with 503.</summary>
    public int WebhookQueue { get; set; } = 2_048;
}
