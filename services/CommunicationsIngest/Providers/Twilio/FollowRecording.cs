using CommunicationsIngest.Recordings;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using ServiceDefaults.Problems;

namespace CommunicationsIngest.Providers.Twilio;

/// <summary>A recording began, is ready, or will not be: https://www.twilio.com/docs/voice/api/recording#recordingstatuscallback.</summary>
internal static class FollowRecording
{
    public static async Task<Results<Twiml, ProblemHttpResult>> HandleAsync(
        HttpContext http,
        RecordRecording recordings,
        IOptionsMonitor<TwilioOptions> options,
        CancellationToken cancellationToken
    )
    {
        var form = TwilioForm.Of(http);
        if (form.Sid("RecordingSid") is not { } sid || form.Sid("CallSid") is not { } callSid)
        {
            return Problem.Invalid("RecordingSid", "RecordingSid and CallSid are required.");
        }
        var url =
            Uri.TryCreate(form["RecordingUrl"], UriKind.Absolute, out var given) && TwilioRecordings.IsOurs(given, options.CurrentValue.BaseUrl) ? given : null;
        var news = new RecordingNews(
            TwilioSetup.Provider,
            sid,
            callSid,
            State(form["RecordingStatus"], url),
            url,
            form.Number("RecordingDuration"),
            form.Number("RecordingChannels") is <= 8 and var channels ? channels : null,
            form.Time("RecordingStartTime")
        );
        return await recordings.RecordAsync(news, cancellationToken)
            ? Twiml.Empty
            : Problem.Of(StatusCodes.Status404NotFound, "unknown-call", "There is no such call.", "No call with this CallSid was reported.");
    }

    private static string State(string? status, Uri? url) =>
        status switch
        {
            "in-progress" or "processing" or "paused" => "recording",
            "absent" => "absent",
            "failed" => "failed",
            _ => url is null ? "refused" : "waiting",
        };
}
