using System.Xml.Linq;
using CommunicationsIngest.Calls;
using CommunicationsIngest.PhoneNumbers;
using Microsoft.AspNetCore.Http.HttpResults;
using ServiceDefaults.Problems;

namespace CommunicationsIngest.Providers.Twilio;

/// <summary>A call came in: it is stored, and answered as its number is set to answer.</summary>
internal static class AnswerCall
{
    public static async Task<Results<Twiml, ProblemHttpResult>> HandleAsync(HttpContext http, RecordCall calls, CancellationToken cancellationToken)
    {
        if (CallForm.Read(TwilioForm.Of(http)) is not { } progress)
        {
            return Problem.Invalid("CallSid", "CallSid, From, To and CallStatus are required.");
        }
        return await calls.RecordAsync(progress, cancellationToken) is { } call ? Instructions(call) : UnknownNumber.Problem();
    }

    private static Twiml Instructions(RecordedCall call) =>
        call.Answer switch
        {
            { Kind: CallAnswerKind.Say } say => new(new XElement("Say", say.Text)),
            { Kind: CallAnswerKind.Dial } dial => new(new XElement("Dial", new XAttribute("answerOnBridge", true), Destination(dial.To!))),
            { Kind: CallAnswerKind.Stream } stream => new(new XElement("Connect", Stream(stream.Url!, call.ConversationId))),
            { Kind: CallAnswerKind.Redirect } redirect => new(new XElement("Redirect", new XAttribute("method", "POST"), redirect.Url)),
            _ => new(new XElement("Reject")),
        };

    private static XElement Destination(string to) => new(to.StartsWith('+') ? "Number" : "Sip", to);

    /// <summary>The agent learns which conversation it is in; with it the API tells who is calling.</summary>
    private static XElement Stream(string url, Guid conversationId) =>
        new(
            "Stream",
            new XAttribute("url", url),
            new XElement("Parameter", new XAttribute("name", "conversation_id"), new XAttribute("value", conversationId))
        );
}
