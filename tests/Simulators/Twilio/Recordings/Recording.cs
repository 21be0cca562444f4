using System.Collections.Concurrent;

namespace Simulators.Twilio.Recordings;

/// <param name="Source">RecordVerb, DialVerb, OutboundAPI or StartCallRecordingAPI.</param>
internal sealed record Recording(string Sid, string CallSid, int DurationSeconds, int Channels, string Source, DateTimeOffset StartedAt);

/// <summary>Every recording of the account.</summary>
internal sealed class RecordingLog
{
    private readonly ConcurrentDictionary<string, Recording> recordings = new();

    public void Put(Recording recording) => recordings[recording.Sid] = recording;

    public Recording? Find(string sid) => recordings.GetValueOrDefault(sid);

    public IEnumerable<Recording> OfCall(string callSid) =>
        recordings.Values.Where(recording => recording.CallSid == callSid).OrderBy(recording => recording.StartedAt);
}
