using Simulators.Twilio.Accounts;
using Simulators.Twilio.Network;
using Simulators.Twilio.Numbers;
using Simulators.Twilio.Recordings;
using Simulators.Twilio.Twiml;

namespace Simulators.Twilio.Calls;

/// <summary>A call that the system wants placed.</summary>
/// <param name="Detection">MachineDetection: Enable or DetectMessageEnd; null: off.</param>
/// <param name="RingSeconds">Timeout: an unanswered call ends after this long.</param>
internal sealed record OutboundCall(
    string From,
    string To,
    TwimlSource Instructions,
    StatusSubscription Status,
    bool Record,
    string? RecordingCallback,
    string RecordingCallbackMethod,
    string? Detection,
    int RingSeconds,
    int? TimeLimit
);

/// <summary>Plays calls placed through the REST API; the number that is called decides how they end (<see cref="MagicNumber"/>).</summary>
internal sealed class OutboundCalls(Lines lines, CallLog log, CallPlayer player, CallRecorder recorder, BehaviourSetting behaviour, Background background)
{
    public Call Place(OutboundCall wanted)
    {
        var call = lines.NewCall(null, wanted.From, wanted.To, "outbound-api");
        // Open before the answer: a client may hang up at once.
        var line = lines.Open(call, wanted.Status, behaviour.Current.Callbacks, wanted.TimeLimit, [], background.Stopping);
        background.Start(cancellation => PlayAsync(line, wanted, cancellation));
        return call;
    }

    private async Task PlayAsync(LiveCall line, OutboundCall wanted, CancellationToken cancellation)
    {
        line.Initiate();
        var status = await ConnectAsync(line, wanted, cancellation);
        line.End(status);
        if (wanted.Record && line.Talked > 0)
            recorder.Finish(line, line.Talked, "OutboundAPI", wanted.RecordingCallback, wanted.RecordingCallbackMethod);
        await line.Callbacks.FinishAsync();
        log.Close(line);
    }

    private async Task<CallStatus> ConnectAsync(LiveCall line, OutboundCall wanted, CancellationToken cancellation)
    {
        var (outcome, machine) = MagicNumber.AnswerOf(wanted.To);
        if (outcome == CallStatus.Failed)
            return CallStatus.Failed;

        line.Ring();
        if (!await line.PassAsync(outcome == CallStatus.NoAnswer ? wanted.RingSeconds : 3, cancellation) && line.HungUp)
            return CallStatus.Canceled;
        if (outcome != CallStatus.Completed)
            return outcome;

        line.Answer(AnsweredBy(wanted.Detection, machine));
        await player.PlayAsync(line, line.TakeRedirect() ?? wanted.Instructions, cancellation);
        return CallStatus.Completed;
    }

    private static string? AnsweredBy(string? detection, bool machine) =>
        (detection, machine) switch
        {
            (null, _) => null,
            (_, false) => "human",
            ("DetectMessageEnd", true) => "machine_end_beep",
            _ => "machine_start",
        };
}
