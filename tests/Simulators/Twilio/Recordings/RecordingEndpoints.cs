using System.Globalization;
using Simulators.Twilio.Accounts;

namespace Simulators.Twilio.Recordings;

/// <summary><c>/2010-04-01/Accounts/{sid}/Recordings</c>: JSON, WAV (also without an ending) or MP3.</summary>
internal static class RecordingEndpoints
{
    public static void MapRecordings(this RouteGroupBuilder account)
    {
        account.MapGet("/Recordings/{file}", Get);
        account.MapGet("/Calls/{callSid}/Recordings.json", List);
    }

    private static IResult Get(string file, HttpContext context, RecordingLog log, ApiAddress api, TwilioAccount account)
    {
        var sid = Path.GetFileNameWithoutExtension(file);
        if (log.Find(sid) is not { } recording)
            return TwilioError.NotFound(context.Request);

        switch (Path.GetExtension(file))
        {
            case ".json":
                return TypedResults.Json(Resource(recording, api, account));
            case "" or ".wav":
                context.Response.ContentLength = WavAudio.Length(recording);
                return TypedResults.Stream(output => WavAudio.WriteAsync(output, recording, context.RequestAborted), "audio/x-wav");
            case ".mp3":
                return TypedResults.Stream(output => Mp3Audio.WriteAsync(output, recording, context.RequestAborted), "audio/mpeg");
            default:
                return TwilioError.NotFound(context.Request);
        }
    }

    private static IResult List(string callSid, HttpRequest request, RecordingLog log, ApiAddress api, TwilioAccount account) =>
        Page.Of("recordings", log.OfCall(callSid), recording => Resource(recording, api, account), request);

    private static object Resource(Recording recording, ApiAddress api, TwilioAccount account) =>
        new
        {
            account_sid = account.AccountSid,
            api_version = "2010-04-01",
            call_sid = recording.CallSid,
            channels = recording.Channels,
            conference_sid = (string?)null,
            date_created = Rfc2822.Format(recording.StartedAt),
            date_updated = Rfc2822.Format(recording.StartedAt.AddSeconds(recording.DurationSeconds)),
            duration = recording.DurationSeconds.ToString(CultureInfo.InvariantCulture),
            error_code = (int?)null,
            media_url = api.Url($"Recordings/{recording.Sid}"),
            price = (string?)null,
            price_unit = "USD",
            sid = recording.Sid,
            source = recording.Source,
            start_time = Rfc2822.Format(recording.StartedAt),
            status = recording.DurationSeconds > 0 ? "completed" : "absent",
            uri = api.Path($"Recordings/{recording.Sid}.json"),
        };
}
