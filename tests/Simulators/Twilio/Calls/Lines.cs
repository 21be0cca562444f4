using Simulators.Twilio.Network;
using Simulators.Twilio.Webhooks;

namespace Simulators.Twilio.Calls;

/// <summary>Opens lines: everything that a call in progress needs.</summary>
internal sealed class Lines(CallLog log, CallParameters parameters, WebhookSender sender, BehaviourSetting behaviour, Randomness random, TimeProvider clock)
{
    public Call NewCall(string? sid, string from, string to, string direction) =>
        new(sid ?? random.Sid("CA"), from, to, direction, CallStatus.Queued, clock.GetUtcNow());

    public LiveCall Open(
        Call call,
        StatusSubscription subscription,
        CallbackOrder order,
        double? patience,
        IEnumerable<string> speech,
        CancellationToken cancellation
    )
    {
        var line = new LiveCall(
            call,
            log,
            parameters,
            subscription,
            new CallbackStream(order, sender, random, cancellation),
            clock,
            behaviour.Current.TimeScale,
            expected: patience ?? 0
        )
        {
            PatienceSeconds = patience,
            Speech = new Queue<string>(speech),
        };
        log.Put(call);
        log.Open(line);
        return line;
    }
}
