using System.Globalization;
using System.Xml.Linq;
using Simulators.Twilio.Accounts;
using Simulators.Twilio.Calls;
using Simulators.Twilio.Numbers;
using Simulators.Twilio.Recordings;
using Simulators.Twilio.Webhooks;

namespace Simulators.Twilio.Twiml;

/// <summary>Dial: a second leg to a number or SIP address. Who picks up is <see cref="MagicNumber"/>'s choice; SIP addresses always do.</summary>
internal sealed class DialVerb(Lines lines, CallLog log, CallRecorder recorder)
{
    private const double SecondsToAnswer = 3;
    private const double SecondsOfTalk = 30;

    public async Task<VerbEnd> PlayAsync(LiveCall line, XElement verb, TwimlSource source, CancellationToken cancellation)
    {
        var noun = verb.Elements().FirstOrDefault(element => element.Name.LocalName is "Number" or "Sip" or "Client");
        var target = (noun ?? verb).Value.Trim();
        line.Play($"Dial {noun?.Name.LocalName ?? "Number"} {target}");
        if (target.Length == 0)
        {
            line.Play("error 13224: Dial: invalid number");
            return new VerbEnd(true);
        }

        var call = lines.NewCall(Sids.Of("CA", $"{line.Call.Sid}/{target}"), verb.Attribute("callerId")?.Value ?? line.Call.From, target, "outbound-dial");
        var leg = lines.Open(call with { ParentSid = line.Call.Sid }, Subscription(noun, source), CallbackOrder.InOrder, null, [], cancellation);
        leg.Initiate();
        var (status, stayed) = await ConnectAsync(line, leg, verb, noun, cancellation);
        leg.End(status);
        await leg.Callbacks.FinishAsync();
        log.Close(leg);

        if (status == CallStatus.Completed && verb.Attribute("record")?.Value is { } mode && mode != "do-not-record")
        {
            var callback = verb.Attribute("recordingStatusCallback") is { } given ? source.Resolve(given.Value) : null;
            recorder.Finish(
                line,
                leg.Talked,
                "DialVerb",
                callback,
                verb.Attribute("recordingStatusCallbackMethod")?.Value,
                mode.Contains("dual", StringComparison.Ordinal) ? 2 : 1
            );
        }
        if (verb.Attribute("action") is not { } action)
            return new VerbEnd(stayed);

        var happened = new Dictionary<string, string>
        {
            ["DialCallStatus"] = status.Wire(),
            ["DialCallSid"] = call.Sid,
            ["DialCallDuration"] = ((int)Math.Round(leg.Talked)).ToString(CultureInfo.InvariantCulture),
        };
        return new VerbEnd(false, source.Follow(action.Value, verb.Attribute("method")?.Value, happened));
    }

    private static async Task<(CallStatus Status, bool Stayed)> ConnectAsync(
        LiveCall line,
        LiveCall leg,
        XElement verb,
        XElement? noun,
        CancellationToken cancellation
    )
    {
        var outcome = noun?.Name.LocalName is "Sip" or "Client" ? CallStatus.Completed : MagicNumber.AnswerOf(PhoneNumber.Normalize(leg.Call.To) ?? "").Outcome;
        if (outcome == CallStatus.Failed || (noun?.Name.LocalName is not ("Sip" or "Client") && PhoneNumber.Normalize(leg.Call.To) is null))
            return (CallStatus.Failed, line.IsOnTheLine);

        leg.Ring();
        var stayed = await PassAsync(line, leg, outcome == CallStatus.NoAnswer ? Prompt.Number(verb, "timeout", 30) : SecondsToAnswer, cancellation);
        if (!stayed)
            return (CallStatus.Canceled, false);
        if (outcome != CallStatus.Completed)
            return (outcome, true);

        leg.Answer();
        var talk = Math.Min(Prompt.Number(verb, "timeLimit", 14_400), double.IsFinite(line.Patience) ? line.Patience : SecondsOfTalk);
        return (CallStatus.Completed, await PassAsync(line, leg, talk, cancellation));
    }

    /// <summary>Time goes by on both legs; the leg's own clock costs no real time a second time.</summary>
    private static async Task<bool> PassAsync(LiveCall line, LiveCall leg, double seconds, CancellationToken cancellation)
    {
        var before = line.Now;
        var stayed = await line.PassAsync(seconds, cancellation);
        leg.Follow(line.Now - before);
        return stayed;
    }

    private static StatusSubscription Subscription(XElement? noun, TwimlSource source) =>
        noun?.Attribute("statusCallback") is { } url
            ? StatusSubscription.To(
                source.Resolve(url.Value),
                noun.Attribute("statusCallbackMethod")?.Value,
                [noun.Attribute("statusCallbackEvent")?.Value ?? ""]
            )
            : StatusSubscription.None;
}
