using System.Globalization;
using Simulators.Twilio.Accounts;
using Simulators.Twilio.Numbers;

namespace Simulators.Twilio.Messages;

/// <summary>
/// What webhooks say about a message: https://www.twilio.com/docs/messaging/guides/webhook-request and
/// https://www.twilio.com/docs/messaging/guides/outbound-message-status-in-status-callbacks.
/// </summary>
internal sealed class MessageParameters(TwilioAccount account, ApiAddress api)
{
    public OrderedDictionary<string, string> Inbound(Message message)
    {
        var parameters = new OrderedDictionary<string, string>();
        Geography.Describe(parameters, "To", message.To);
        Geography.Describe(parameters, "From", message.From);
        parameters["SmsMessageSid"] = message.Sid;
        parameters["NumMedia"] = Invariant(message.Media.Count);
        parameters["SmsSid"] = message.Sid;
        parameters["SmsStatus"] = "received";
        parameters["Body"] = message.Body;
        parameters["To"] = message.To;
        parameters["NumSegments"] = Invariant(Segments.Count(message.Body));
        parameters["MessageSid"] = message.Sid;
        parameters["AccountSid"] = account.AccountSid;
        parameters["From"] = message.From;
        parameters["ApiVersion"] = "2010-04-01";
        foreach (var (index, medium) in message.Media.Index())
        {
            parameters[$"MediaContentType{index}"] = medium.ContentType;
            parameters[$"MediaUrl{index}"] = api.Url($"Messages/{message.Sid}/Media/{medium.Sid}");
        }
        return parameters;
    }

    public OrderedDictionary<string, string> Status(Message message)
    {
        var status = message.Status.ToString().ToLowerInvariant();
        var parameters = new OrderedDictionary<string, string>
        {
            ["SmsSid"] = message.Sid,
            ["SmsStatus"] = status,
            ["MessageStatus"] = status,
            ["To"] = message.To,
            ["MessageSid"] = message.Sid,
            ["AccountSid"] = account.AccountSid,
            ["From"] = message.From,
            ["ApiVersion"] = "2010-04-01",
        };
        if (message.MessagingServiceSid is { } service)
            parameters["MessagingServiceSid"] = service;
        if (message.ErrorCode is { } error)
            parameters["ErrorCode"] = Invariant(error);
        // The carrier's delivery receipt carries its own time, to the minute.
        if (message.Status is MessageStatus.Delivered or MessageStatus.Undelivered)
            parameters["RawDlrDoneDate"] = message.UpdatedAt.ToString("yyMMddHHmm", CultureInfo.InvariantCulture);
        return parameters;
    }

    private static string Invariant(int number) => number.ToString(CultureInfo.InvariantCulture);
}
