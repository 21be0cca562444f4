using System.Net.Http.Json;

namespace CommunicationsIngest.Tests;

/// <summary>Calls as Twilio tells of them, and transcripts as an agent brings them.</summary>
internal static class Calls
{
    public const string Caller = "+16045550142";

    public static async Task<Guid> CallAsync(this Communications communications, string sid = "CA1", string from = Caller, string status = "completed")
    {
        await communications.TwilioAsync(
            "/webhooks/twilio/calls",
            ("CallSid", sid),
            ("From", from),
            ("To", Communications.OwnNumber),
            ("CallStatus", "ringing")
        );
        if (status != "ringing")
        {
            await communications.TwilioAsync(
                "/webhooks/twilio/call-status",
                ("CallSid", sid),
                ("From", from),
                ("To", Communications.OwnNumber),
                ("CallStatus", status),
                ("SequenceNumber", "2"),
                ("CallDuration", "60")
            );
        }
        return (await communications.ConversationsAsync("?channel=call"))[0].GetProperty("id").GetGuid();
    }

    public static Task<HttpResponseMessage> PutTranscriptAsync(this Communications communications, Guid id, params string[] lines) =>
        communications.Api.PutAsJsonAsync(
            $"/v1/conversations/{id}/transcript",
            new
            {
                segments = lines.Select(
                    (line, i) =>
                        new
                        {
                            speaker = line[..line.IndexOf(':', StringComparison.Ordinal)],
                            text = line[(line.IndexOf(':', StringComparison.Ordinal) + 2)..],
                            offset_ms = i * 1000,
                        }
                ),
            }
        );
}
