using System.Globalization;
using Simulators.Twilio.Accounts;

namespace Simulators.Twilio.Messages;

/// <summary>The JSON of a message (https://www.twilio.com/docs/messaging/api/message-resource): counts are strings, times RFC 2822.</summary>
internal sealed class MessageResource(TwilioAccount account, ApiAddress api)
{
    public object Of(Message message) =>
        new
        {
            account_sid = account.AccountSid,
            api_version = "2010-04-01",
            body = message.Body,
            date_created = Rfc2822.Format(message.CreatedAt),
            date_sent = message.SentAt is { } sent ? Rfc2822.Format(sent) : null,
            date_updated = Rfc2822.Format(message.UpdatedAt),
            direction = message.Direction,
            error_code = message.ErrorCode,
            error_message = Reason(message.ErrorCode),
            from = message.From,
            messaging_service_sid = message.MessagingServiceSid,
            num_media = message.Media.Count.ToString(CultureInfo.InvariantCulture),
            num_segments = Segments.Count(message.Body).ToString(CultureInfo.InvariantCulture),
            price = (string?)null,
            price_unit = "USD",
            sid = message.Sid,
            status = message.Status.ToString().ToLowerInvariant(),
            subresource_uris = new { media = api.Path($"Messages/{message.Sid}/Media.json") },
            to = message.To,
            uri = api.Path($"Messages/{message.Sid}.json"),
        };

    private static string? Reason(int? errorCode) =>
        errorCode switch
        {
            null => null,
            30003 => "Unreachable destination handset",
            30005 => "Unknown destination handset",
            30006 => "Landline or unreachable carrier",
            30007 => "Message filtered",
            _ => "Unknown error",
        };
}
