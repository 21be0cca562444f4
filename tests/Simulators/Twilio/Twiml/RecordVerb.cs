using System.Globalization;
using System.Xml.Linq;
using Simulators.Twilio.Accounts;
using Simulators.Twilio.Calls;
using Simulators.Twilio.Recordings;
using Simulators.Twilio.Webhooks;

namespace Simulators.Twilio.Twiml;

/// <summary>Record: voicemail. The person speaks until the longest length or hangs up; then comes the action, and the recording's own callback.</summary>
internal sealed class RecordVerb(CallRecorder recorder, CallParameters parameters, ApiAddress api)
{
    private const double SecondsOfMessage = 20;

    public async Task<VerbEnd> PlayAsync(LiveCall line, XElement verb, TwimlSource source, CancellationToken cancellation)
    {
        line.Play("Record");
        var before = line.Talked;
        var length = Math.Min(Prompt.Number(verb, "maxLength", 3600), double.IsFinite(line.Patience) ? line.Patience : SecondsOfMessage);
        var stayed = await line.PassAsync(length, cancellation);
        var seconds = line.Talked - before;
        var spoken = string.Join(' ', line.Speech);
        line.Speech.Clear();

        var recording = recorder.Finish(
            line,
            seconds,
            "RecordVerb",
            Reference("recordingStatusCallback"),
            verb.Attribute("recordingStatusCallbackMethod")?.Value
        );
        if (spoken.Length > 0 && Reference("transcribeCallback") is { } transcribeCallback)
            line.Callbacks.Post(new Webhook(transcribeCallback, Transcription(line.Call, recording, spoken)));

        var happened = new Dictionary<string, string>
        {
            ["RecordingUrl"] = api.Url($"Recordings/{recording.Sid}"),
            ["RecordingSid"] = recording.Sid,
            ["RecordingDuration"] = recording.DurationSeconds.ToString(CultureInfo.InvariantCulture),
            ["Digits"] = stayed ? "#" : "hangup",
        };
        return new VerbEnd(stayed, source.Follow(verb.Attribute("action")?.Value, verb.Attribute("method")?.Value, happened));

        string? Reference(string attribute) => verb.Attribute(attribute) is { } given ? source.Resolve(given.Value) : null;
    }

    private OrderedDictionary<string, string> Transcription(Call call, Recording recording, string text)
    {
        var happened = parameters.Instructions(call);
        happened["TranscriptionSid"] = Sids.Of("TR", recording.Sid);
        happened["TranscriptionText"] = text;
        happened["TranscriptionStatus"] = "completed";
        happened["TranscriptionType"] = "fast";
        happened["TranscriptionUrl"] = api.Url($"Recordings/{recording.Sid}/Transcriptions/{Sids.Of("TR", recording.Sid)}");
        happened["RecordingSid"] = recording.Sid;
        happened["RecordingUrl"] = api.Url($"Recordings/{recording.Sid}");
        return happened;
    }
}
