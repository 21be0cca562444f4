using System.Globalization;
using Simulators.Twilio.Accounts;

namespace Simulators.Twilio.Calls;

/// <summary>The JSON of a call (https://www.twilio.com/docs/voice/api/call-resource): durations are strings of seconds, times RFC 2822.</summary>
internal sealed class CallResource(TwilioAccount account, ApiAddress api)
{
    public object Of(Call call) =>
        new
        {
            account_sid = account.AccountSid,
            annotation = (string?)null,
            answered_by = call.AnsweredBy,
            api_version = "2010-04-01",
            caller_name = call.CallerName,
            date_created = Rfc2822.Format(call.CreatedAt),
            date_updated = Rfc2822.Format(call.EndedAt ?? call.StartedAt ?? call.CreatedAt),
            direction = call.Direction,
            duration = call.Duration?.ToString(CultureInfo.InvariantCulture),
            end_time = call.EndedAt is { } ended ? Rfc2822.Format(ended) : null,
            forwarded_from = (string?)null,
            from = call.From,
            from_formatted = call.From,
            group_sid = (string?)null,
            parent_call_sid = call.ParentSid,
            phone_number_sid = Sids.Of("PN", call.Direction == "inbound" ? call.To : call.From),
            price = (string?)null,
            price_unit = "USD",
            queue_time = "0",
            sid = call.Sid,
            start_time = call.StartedAt is { } started ? Rfc2822.Format(started) : null,
            status = call.Status.Wire(),
            subresource_uris = new { recordings = api.Path($"Calls/{call.Sid}/Recordings.json") },
            to = call.To,
            to_formatted = call.To,
            trunk_sid = (string?)null,
            uri = api.Path($"Calls/{call.Sid}.json"),
        };
}
