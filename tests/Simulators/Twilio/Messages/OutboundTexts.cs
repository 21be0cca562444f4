using Simulators.Twilio.Accounts;
using Simulators.Twilio.Network;
using Simulators.Twilio.Numbers;
using Simulators.Twilio.Webhooks;

namespace Simulators.Twilio.Messages;

/// <summary>A text that the system wants sent; fields as it gave them.</summary>
internal sealed record OutboundText(
    string? To,
    string? From,
    string? MessagingServiceSid,
    string? Body,
    IReadOnlyList<string> MediaUrls,
    string? StatusCallback
);

/// <summary>Accepts texts, or refuses them with the error of the real API, and carries them to their end: queued, sent, delivered or undelivered.</summary>
internal sealed class OutboundTexts(
    MessageLog log,
    OptOuts optOuts,
    MessageParameters parameters,
    TwilioAccount account,
    WebhookSender sender,
    BehaviourSetting behaviour,
    Background background,
    Randomness random,
    TimeProvider clock
)
{
    private const int LongestBody = 1600;
    private const int MostMedia = 10;

    public (Message? Message, TwilioError? Error) Send(OutboundText text, string direction)
    {
        if (string.IsNullOrEmpty(text.To))
            return Refuse(21604, "A 'To' phone number is required.");
        if (PhoneNumber.Normalize(text.To) is not { } to)
            return (null, MagicNumber.RefusalOfText(text.To) ?? InvalidTo(text.To));
        var service = text.MessagingServiceSid;
        if (string.IsNullOrEmpty(text.From) && service is null)
            return Refuse(21603, "A 'From' phone number is required.");
        if (service is not null && !Sids.IsSid(service, "MG"))
            return Refuse(21701, "The Messaging Service does not exist");
        var from = string.IsNullOrEmpty(text.From)
            ? account.Numbers is [var first, ..]
                ? first
                : "+16045550100"
            : text.From;
        if (RefusalOf(from, to) is { } refusal)
            return (null, refusal);
        if (string.IsNullOrEmpty(text.Body) && text.MediaUrls.Count == 0)
            return Refuse(21602, "Message body is required.");
        if (text.Body?.Length > LongestBody)
            return Refuse(21617, "The concatenated message body exceeds the 1600 character limit.");
        if (text.MediaUrls.Count > MostMedia)
            return Refuse(21623, "Number of media files exceeds allowed limit.");
        if (text.MediaUrls.FirstOrDefault(url => !IsHttp(url)) is { } medium)
            return Refuse(21620, $"Invalid media URL(s): {medium}");
        if (text.StatusCallback is { } callback && !IsHttp(callback))
            return Refuse(21609, $"The 'StatusCallback' URL {callback} is not a valid URL.");
        if (optOuts.Holds(from, to))
            return Refuse(21610, "Attempt to send to unsubscribed recipient");

        var sid = random.Sid(text.MediaUrls.Count > 0 ? "MM" : "SM");
        var message = new Message(sid, from, to, text.Body ?? "", direction, service is null ? MessageStatus.Queued : MessageStatus.Accepted, clock.GetUtcNow())
        {
            MessagingServiceSid = service,
            StatusCallback = text.StatusCallback,
            Media = [.. text.MediaUrls.Select((url, index) => new Medium(Sids.Of("ME", $"{sid}/{index}"), "image/jpeg", url))],
        };
        log.Put(message);
        background.Start(cancellation => CarryAsync(message, cancellation));
        return (message, null);
    }

    private TwilioError? RefusalOf(string from, string to)
    {
        if ((MagicNumber.RefusalOfText(to) ?? MagicNumber.RefusalOfSender(from)) is { } magic)
            return magic;
        if (PhoneNumber.Normalize(from) != from)
            return TwilioError.BadRequest(21212, $"The 'From' number {from} is not a valid phone number, shortcode, or alphanumeric sender ID.");
        if (from == to)
            return TwilioError.BadRequest(21266, "'To' and 'From' number cannot be the same");
        return account.Owns(from)
            ? null
            : TwilioError.BadRequest(
                21606,
                $"The 'From' phone number provided ({from}) is not a valid message-capable Twilio phone number for this destination."
            );
    }

    private async Task CarryAsync(Message message, CancellationToken cancellation)
    {
        var callbacks = new CallbackStream(behaviour.Current.Callbacks, sender, random, cancellation);
        Tell(message);
        if (message.Status == MessageStatus.Accepted)
            await StepAsync(MessageStatus.Queued, null);
        await StepAsync(MessageStatus.Sent, null);
        var error = MagicNumber.UndeliverableText(message.To);
        await StepAsync(error is null ? MessageStatus.Delivered : MessageStatus.Undelivered, error);
        await callbacks.FinishAsync();

        async Task StepAsync(MessageStatus status, int? errorCode)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(behaviour.Current.MessageStepMs), clock, cancellation);
            Tell(log.Advance(message.Sid, status, errorCode));
        }

        void Tell(Message current)
        {
            if (current.StatusCallback is { } url)
                callbacks.Post(new Webhook(url, parameters.Status(current)));
        }
    }

    private static bool IsHttp(string url) => Uri.TryCreate(url, UriKind.Absolute, out var parsed) && parsed is { Scheme: "http" or "https" };

    private static TwilioError InvalidTo(string to) => TwilioError.BadRequest(21211, $"The 'To' number {to} is not a valid phone number.");

    private static (Message?, TwilioError?) Refuse(int code, string message) => (null, TwilioError.BadRequest(code, message));
}
