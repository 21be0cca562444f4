using System.Globalization;
using System.Web;

namespace Simulators.Twilio.Webhooks;

/// <summary>
/// When a webhook that failed is tried again. Defaults and the overrides in a URL's fragment (<c>#rc=3&amp;rp=ct,5xx&amp;rt=5000&amp;tt=15000</c>) are those of
/// https://www.twilio.com/docs/usage/webhooks/webhooks-connection-overrides.
/// </summary>
/// <param name="Retries">Tries after the first (rc), 0 to 5 for an override.</param>
/// <param name="On">Failures worth another try (rp).</param>
/// <param name="ReadTimeout">Longest wait for an answer (rt).</param>
/// <param name="TotalTime">After this long no further try begins (tt); infinite for none.</param>
/// <param name="Backoff">Pause before the second try; doubles with each, up to 5 s.</param>
internal sealed record RetryPolicy(int Retries, FailureKinds On, TimeSpan ReadTimeout, TimeSpan TotalTime, TimeSpan Backoff)
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    /// <summary>One more try, and only when no connection could be had, all within 15 s.</summary>
    public static RetryPolicy Default { get; } =
        new(1, FailureKinds.Connection, TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(15), TimeSpan.FromMilliseconds(100));

    /// <summary>Every failure is tried again, as an operator configures webhooks that must not be lost.</summary>
    public static RetryPolicy Persistent(int tries, TimeSpan backoff) =>
        new(tries - 1, FailureKinds.All, TimeSpan.FromSeconds(15), Timeout.InfiniteTimeSpan, backoff);

    public TimeSpan PauseAfter(int attempt) => TimeSpan.FromTicks(Math.Min(LongestPause.Ticks, Backoff.Ticks << Math.Min(attempt - 1, 20)));

    public bool Allows(TimeSpan elapsed) => TotalTime == Timeout.InfiniteTimeSpan || elapsed < TotalTime;

    public RetryPolicy OverriddenBy(string url)
    {
        var overrides = HttpUtility.ParseQueryString(url.Split('#', 2) is [_, var fragment] ? fragment : "");
        return this with
        {
            Retries = Number(overrides["rc"], 0, 5) ?? Retries,
            On = overrides["rp"] is { } kinds ? Kinds(kinds) : On,
            ReadTimeout = Number(overrides["rt"], 100, 15_000) is { } read ? TimeSpan.FromMilliseconds(read) : ReadTimeout,
            TotalTime = Number(overrides["tt"], 100, 15_000) is { } total ? TimeSpan.FromMilliseconds(total) : TotalTime,
        };
    }

    private static int? Number(string? text, int least, int most) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most ? value : null;

    private static FailureKinds Kinds(string list) =>
        list.Split(',')
            .Aggregate(
                FailureKinds.None,
                (kinds, name) =>
                    kinds
                    | name switch
                    {
                        "ct" => FailureKinds.Connection,
                        "rt" => FailureKinds.ReadTimeout,
                        "4xx" => FailureKinds.ClientError,
                        "5xx" => FailureKinds.ServerError,
                        "all" => FailureKinds.All,
                        _ => FailureKinds.None,
                    }
            );
}

/// <summary>Why an attempt was no success. A refused, reset or dropped connection is <see cref="Connection"/>.</summary>
[Flags]
public enum FailureKinds
{
    None = 0,
    Connection = 1,
    ReadTimeout = 2,
    ClientError = 4,
    ServerError = 8,
    All = Connection | ReadTimeout | ClientError | ServerError,
}
