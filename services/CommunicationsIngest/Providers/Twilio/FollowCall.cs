using CommunicationsIngest.Calls;
using CommunicationsIngest.PhoneNumbers;
using Microsoft.AspNetCore.Http.HttpResults;
using ServiceDefaults.Problems;

namespace CommunicationsIngest.Providers.Twilio;

/// <summary>A call moved on: https://www.twilio.com/docs/voice/api/call-resource#statuscallback. Callbacks come repeated and out of order.</summary>
internal static class FollowCall
{
    public static async Task<Results<Twiml, ProblemHttpResult>> HandleAsync(HttpContext http, RecordCall calls, CancellationToken cancellationToken)
    {
        var form = TwilioForm.Of(http);
        if (CallForm.Read(form) is not { } progress)
        {
            return Problem.Invalid("CallSid", "CallSid, From, To and CallStatus are required.");
        }
        if (form["ParentCallSid"] is not null)
        {
            // The leg of a <Dial> inside a call that we follow by itself.
            return Twiml.Empty;
        }
        return await calls.RecordAsync(progress, cancellationToken) is null ? UnknownNumber.Problem() : Twiml.Empty;
    }
}
