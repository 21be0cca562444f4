using Simulators.Twilio.Accounts;
using Simulators.Twilio.Network;
using Simulators.Twilio.Twiml;
using Simulators.Twilio.Webhooks;

namespace Simulators.Twilio.Messages;

/// <summary>A text from a person to one of our numbers, and all that the provider does with it.</summary>
internal sealed class InboundTexts(
    MessageLog log,
    OptOuts optOuts,
    OutboundTexts outbound,
    ProviderConfirmations confirmations,
    MessageParameters parameters,
    PublicUrl publicUrl,
    WebhookSender sender,
    Randomness random,
    TimeProvider clock
)
{
    /// <param name="sid">A SID used before makes this a repetition of that message.</param>
    public Message Receive(string from, string to, string body, IReadOnlyList<string> media, string? sid)
    {
        sid ??= random.Sid(media.Count > 0 ? "MM" : "SM");
        var message = new Message(sid, from, to, body, "inbound", MessageStatus.Received, clock.GetUtcNow())
        {
            Media = [.. media.Select((contentType, index) => new Medium(Sids.Of("ME", $"{sid}/{index}"), contentType))],
        };
        log.Put(message);
        if (optOuts.Apply(to, from, body) is { } confirmation)
            confirmations.Add(to, from, confirmation);
        return message;
    }

    public async Task<Delivery> DeliverAsync(Message message, RetryPolicy policy, CancellationToken cancellation)
    {
        var delivery = await sender.SendAsync(new Webhook(publicUrl.Messages, parameters.Inbound(message)), policy, cancellation);
        if (delivery.Acknowledged)
        {
            foreach (var reply in MessagingReply.Read(delivery.ContentType, delivery.Body))
                outbound.Send(
                    new OutboundText(reply.To ?? message.From, reply.From ?? message.To, null, reply.Body, reply.Media, reply.StatusCallback),
                    "outbound-reply"
                );
        }
        return delivery;
    }
}
