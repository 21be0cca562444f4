using Simulators.Twilio.Accounts;
using Simulators.Twilio.Recordings;
using Simulators.Twilio.Twiml;
using Simulators.Twilio.Webhooks;

namespace Simulators.Twilio.Calls;

/// <summary>A call from a person to one of our numbers.</summary>
/// <param name="Sid">A SID used before makes this a repetition of that call.</param>
/// <param name="DurationSeconds">The person stays on the line exactly this long, also when the instructions run out before; null: until they run out.</param>
/// <param name="Outcome">Anything but completed: the instructions are asked for and never heard, and the call ends so.</param>
/// <param name="Recording">Where the recording came from (RecordingSource); null: none.</param>
/// <param name="Events">Progress events reported.</param>
internal sealed record InboundCall(
    string From,
    string To,
    string? Sid,
    int? DurationSeconds,
    CallStatus Outcome,
    string? Recording,
    CallbackOrder Callbacks,
    IEnumerable<string> Events,
    string? StirVerstat,
    string? CallerName,
    IEnumerable<string> Transcript
);

/// <summary>Plays inbound calls from the first ring to the last callback.</summary>
internal sealed class InboundCalls(Lines lines, CallLog log, CallPlayer player, CallRecorder recorder, PublicUrl publicUrl)
{
    private const double RingSeconds = 4;

    public LiveCall Ring(InboundCall placed, CancellationToken cancellation)
    {
        var call = lines.NewCall(placed.Sid, placed.From, placed.To, "inbound") with { StirVerstat = placed.StirVerstat, CallerName = placed.CallerName };
        var status = StatusSubscription.To(publicUrl.CallStatus, "POST", placed.Events);
        var line = lines.Open(call, status, placed.Callbacks, placed.DurationSeconds, placed.Transcript, cancellation);
        line.Initiate();
        line.Ring();
        return line;
    }

    /// <returns>The call when it is over and the system has heard of all of it.</returns>
    public async Task<Call> PlayAsync(LiveCall line, InboundCall placed, CancellationToken cancellation)
    {
        var instructions = TwimlSource.At(publicUrl.Calls);
        if (placed.Outcome == CallStatus.Completed)
        {
            await player.PlayAsync(line, instructions, cancellation);
            await HoldAsync(line, cancellation);
        }
        else
        {
            await player.FetchAsync(line, instructions, cancellation);
            await line.PassAsync(RingSeconds, cancellation);
        }

        line.End(line.Call.Status is CallStatus.Ringing && placed.Outcome == CallStatus.Completed ? CallPlayer.UnansweredStatus(line) : placed.Outcome);
        if (placed.Recording is { } source)
            recorder.Finish(line, line.Talked, source, publicUrl.Recordings, "POST");
        await line.Callbacks.FinishAsync();
        log.Close(line);
        return line.Call;
    }

    private static async Task HoldAsync(LiveCall line, CancellationToken cancellation)
    {
        if (line.Call.Status == CallStatus.InProgress && line.IsOnTheLine && double.IsFinite(line.Patience))
            await line.PassAsync(line.Patience, cancellation);
    }
}
