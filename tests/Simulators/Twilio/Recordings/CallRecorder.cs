using System.Globalization;
using Simulators.Twilio.Accounts;
using Simulators.Twilio.Calls;
using Simulators.Twilio.Webhooks;

namespace Simulators.Twilio.Recordings;

/// <summary>Ends a recording and tells who wants to know (https://www.twilio.com/docs/voice/api/recording#recordingstatuscallback).</summary>
internal sealed class CallRecorder(RecordingLog log, TwilioAccount account, ApiAddress api)
{
    /// <param name="callback">Null: nobody is told.</param>
    public Recording Finish(LiveCall line, double seconds, string source, string? callback, string? method, int channels = 1)
    {
        var recording = new Recording(
            // Named after the call, so that a call played again has its recording again and not another.
            Sids.Of("RE", $"{line.Call.Sid}/{++line.Recordings}"),
            line.Call.Sid,
            (int)Math.Round(seconds),
            channels,
            source,
            line.Now.AddSeconds(-seconds)
        );
        log.Put(recording);
        if (callback is not null)
            line.Callbacks.Post(new Webhook(callback, Parameters(recording), Webhook.MethodOf(method)));
        return recording;
    }

    private OrderedDictionary<string, string> Parameters(Recording recording) =>
        new()
        {
            ["AccountSid"] = account.AccountSid,
            ["CallSid"] = recording.CallSid,
            ["RecordingSid"] = recording.Sid,
            ["RecordingUrl"] = api.Url($"Recordings/{recording.Sid}"),
            // Nothing was said: there is no audio behind the URL.
            ["RecordingStatus"] = recording.DurationSeconds > 0 ? "completed" : "absent",
            ["RecordingDuration"] = recording.DurationSeconds.ToString(CultureInfo.InvariantCulture),
            ["RecordingChannels"] = recording.Channels.ToString(CultureInfo.InvariantCulture),
            ["RecordingStartTime"] = Rfc2822.Format(recording.StartedAt),
            ["RecordingSource"] = recording.Source,
            ["RecordingTrack"] = "both",
            ["ErrorCode"] = "0",
        };
}
