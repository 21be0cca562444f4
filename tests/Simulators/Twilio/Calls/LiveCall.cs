using Simulators.Twilio.Twiml;
using Simulators.Twilio.Webhooks;

namespace Simulators.Twilio.Calls;

/// <summary>
/// A line in use. Its seconds are the call's own: each takes <paramref name="timeScale"/> real seconds, and times in webhooks are dated back by the difference, so that a
/// call of five minutes that was played in three seconds began five minutes ago.
/// </summary>
/// <param name="expected">Seconds that the call is expected to take in all; what <see cref="Now"/> is dated back by.</param>
internal sealed class LiveCall(
    Call call,
    CallLog log,
    CallParameters parameters,
    StatusSubscription subscription,
    CallbackStream callbacks,
    TimeProvider clock,
    double timeScale,
    double expected
)
{
    private readonly Lock gate = new();
    private readonly List<Action> atEnd = [];
    private readonly DateTimeOffset began = clock.GetUtcNow().AddSeconds(-expected * (1 - Math.Min(1, timeScale)));
    private CancellationTokenSource interruption = new();
    private TwimlSource? redirect;
    private double elapsed;
    private double? answeredAt;
    private int sequence;

    public Call Call { get; private set; } = call;

    public CallbackStream Callbacks => callbacks;

    /// <summary>Seconds after the answer at which the person hangs up; null: stays as long as there is something to hear.</summary>
    public double? PatienceSeconds { get; init; }

    /// <summary>What the person will say, sentence by sentence.</summary>
    public Queue<string> Speech { get; init; } = [];

    /// <summary>Recordings made so far.</summary>
    public int Recordings { get; set; }

    public bool HungUp { get; private set; }

    public DateTimeOffset Now => began.AddSeconds(elapsed);

    public double Talked => answeredAt is { } answered ? elapsed - answered : 0;

    public double Patience => PatienceSeconds is { } patience ? Math.Max(0, patience - Talked) : double.PositiveInfinity;

    public bool IsOnTheLine => !HungUp && (answeredAt is null || Patience > 0);

    public void Play(string what)
    {
        lock (gate)
            Change(Call with { Played = [.. Call.Played, what] });
    }

    public void Initiate() => Tell("initiated", "initiated");

    public void Ring()
    {
        Change(Call with { Status = CallStatus.Ringing });
        Tell("ringing", "ringing");
    }

    /// <summary>Only the first time has an effect.</summary>
    public void Answer(string? answeredBy = null)
    {
        if (answeredAt is not null)
            return;
        answeredAt = elapsed;
        Change(Call with { Status = CallStatus.InProgress, StartedAt = Now, AnsweredBy = answeredBy });
        Tell("answered", "in-progress");
    }

    public void End(CallStatus status)
    {
        Change(Call with { Status = status, EndedAt = Now, Duration = (int)Math.Round(Talked) });
        foreach (var action in atEnd)
            action();
        Tell("completed", status.Wire());
    }

    public void AtEnd(Action action) => atEnd.Add(action);

    public void HangUp()
    {
        HungUp = true;
        interruption.Cancel();
    }

    public void Redirect(TwimlSource source)
    {
        lock (gate)
            redirect = source;
        interruption.Cancel();
    }

    public TwimlSource? TakeRedirect()
    {
        lock (gate)
        {
            if (HungUp || redirect is null)
                return null;
            (var taken, redirect, interruption) = (redirect, null, new CancellationTokenSource());
            return taken;
        }
    }

    /// <summary>Lets seconds of the call go by.</summary>
    /// <returns>Whether the line stands and nobody cut in; after false nothing more of the document is heard.</returns>
    public async Task<bool> PassAsync(double seconds, CancellationToken cancellation)
    {
        var span = Math.Min(seconds, answeredAt is null ? seconds : Patience);
        var started = clock.GetTimestamp();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(interruption.Token, cancellation);
        try
        {
            await Task.Delay(TimeSpan.FromSeconds(span * timeScale), clock, either.Token);
            elapsed += span;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            elapsed += timeScale > 0 ? Math.Min(span, clock.GetElapsedTime(started).TotalSeconds / timeScale) : 0;
            return false;
        }
        return IsOnTheLine && !interruption.IsCancellationRequested;
    }

    /// <summary>A leg's time goes by with its parent's.</summary>
    public void Follow(TimeSpan time) => elapsed += time.TotalSeconds;

    private void Tell(string @event, string status)
    {
        if (subscription.Url is { } url && subscription.Events.Contains(@event))
            callbacks.Post(new Webhook(url, parameters.Status(Call, status, Now, sequence++), subscription.Method));
    }

    private void Change(Call changed)
    {
        Call = changed;
        log.Put(changed);
    }
}
