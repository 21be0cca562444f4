using CommunicationsIngest.Consent;
using CommunicationsIngest.Conversations;
using CommunicationsIngest.PhoneNumbers;
using CommunicationsIngest.Texts;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using ServiceDefaults.Problems;

namespace CommunicationsIngest.Providers.Twilio;

/// <summary>An SMS or MMS came in: https://www.twilio.com/docs/messaging/guides/webhook-request. A repetition of its MessageSid stores nothing.</summary>
internal static class ReceiveText
{
    /// <summary>Twilio sends at most ten.</summary>
    private const int MaxMedia = 10;

    public static async Task<Results<Twiml, ProblemHttpResult>> HandleAsync(
        HttpContext http,
        RecordText texts,
        IOptionsMonitor<TwilioOptions> options,
        CancellationToken cancellationToken
    )
    {
        var form = TwilioForm.Of(http);
        if (form.Sid("MessageSid") is not { } sid || form["To"] is not { } to)
        {
            return Problem.Invalid("MessageSid", "MessageSid and To are required.");
        }
        var text = new InboundText(
            TwilioSetup.Provider,
            sid,
            OtherSide.From(form["From"]),
            to,
            form["Body"] ?? "",
            Media(form),
            Keyword(form),
            options.CurrentValue.AnswersKeywords
        );
        return await texts.RecordAsync(text, cancellationToken) ? Twiml.Empty : UnknownNumber.Problem();
    }

    /// <summary>There with Advanced Opt-Out of a Messaging Service, which knows keywords of the customer's own choice.</summary>
    private static ConsentWordKind? Keyword(TwilioForm form) =>
        form["OptOutType"] switch
        {
            "STOP" => ConsentWordKind.OptOut,
            "START" => ConsentWordKind.OptIn,
            "HELP" => ConsentWordKind.Help,
            _ => null,
        };

    private static List<InboundMedium> Media(TwilioForm form) =>
        [
            .. Enumerable
                .Range(0, Math.Min(form.Number("NumMedia") ?? 0, MaxMedia))
                .Where(i => form[$"MediaUrl{i}"] is not null)
                .Select(i => new InboundMedium(form[$"MediaUrl{i}"]!, form[$"MediaContentType{i}"] ?? "application/octet-stream")),
        ];
}
