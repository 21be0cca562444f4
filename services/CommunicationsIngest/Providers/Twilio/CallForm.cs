using CommunicationsIngest.Calls;
using CommunicationsIngest.Conversations;
using Messages.CommunicationsIngest;

namespace CommunicationsIngest.Providers.Twilio;

/// <summary>The parameters that all webhooks of a call share: https://www.twilio.com/docs/voice/twiml#request-parameters.</summary>
internal static class CallForm
{
    private const int MaxTextLength = 200;

    /// <returns>Null where it says neither which call nor what about it.</returns>
    public static CallProgress? Read(TwilioForm form)
    {
        var isOutbound = form["Direction"]?.StartsWith("outbound", StringComparison.Ordinal) == true;
        var own = isOutbound ? form["From"] : form["To"];
        if (form.Sid("CallSid") is not { } sid || own is null || CallStatus.Parse(form["CallStatus"]) is not { } status)
        {
            return null;
        }
        return new(
            TwilioSetup.Provider,
            sid,
            own,
            OtherSide.From(isOutbound ? form["To"] : form["From"]),
            isOutbound ? Direction.Outbound : Direction.Inbound,
            status,
            form.Number("SequenceNumber") ?? -1,
            form.Time("Timestamp"),
            status.IsFinal ? form.Number("CallDuration") : null,
            Short(form["CallerName"]),
            Short(form["StirVerstat"]),
            Short(form["ForwardedFrom"])
        );
    }

    private static string? Short(string? text) => text is { Length: > MaxTextLength } ? text[..MaxTextLength] : text;
}
