using System.Globalization;
using Simulators.Twilio.Accounts;
using Simulators.Twilio.Numbers;

namespace Simulators.Twilio.Calls;

/// <summary>What webhooks say about a call: https://www.twilio.com/docs/voice/twiml#request-parameters and https://www.twilio.com/docs/voice/api/call-resource#statuscallback.</summary>
internal sealed class CallParameters(TwilioAccount account)
{
    /// <summary>The request for instructions.</summary>
    public OrderedDictionary<string, string> Instructions(Call call)
    {
        var parameters = Common(call, call.Status.Wire());
        if (call.StirVerstat is { } verdict)
            parameters["StirVerstat"] = verdict;
        if (call.CallerName is { } name)
            parameters["CallerName"] = name;
        if (call.AnsweredBy is { } answeredBy)
            parameters["AnsweredBy"] = answeredBy;
        return parameters;
    }

    /// <param name="sequence">Order of the events of this call, from 0.</param>
    public OrderedDictionary<string, string> Status(Call call, string status, DateTimeOffset at, int sequence)
    {
        var parameters = Common(call, status);
        parameters["Timestamp"] = Rfc2822.Format(at);
        parameters["CallbackSource"] = "call-progress-events";
        parameters["SequenceNumber"] = Invariant(sequence);
        if (call.StirVerstat is { } verdict)
            parameters["StirVerstat"] = verdict;
        if (call.AnsweredBy is { } answeredBy)
            parameters["AnsweredBy"] = answeredBy;
        if (!call.Status.IsFinal())
            return parameters;

        parameters["CallDuration"] = Invariant(call.Duration ?? 0);
        // Billed minutes, begun ones counted.
        parameters["Duration"] = Invariant(((call.Duration ?? 0) + 59) / 60);
        if (call.Direction != "inbound")
            parameters["SipResponseCode"] = SipResponseCode(call.Status);
        return parameters;
    }

    private OrderedDictionary<string, string> Common(Call call, string status)
    {
        var parameters = new OrderedDictionary<string, string>
        {
            ["AccountSid"] = account.AccountSid,
            ["ApiVersion"] = "2010-04-01",
            ["CallSid"] = call.Sid,
            ["CallStatus"] = status,
            ["Called"] = call.To,
            ["Caller"] = call.From,
            ["Direction"] = call.Direction,
            ["From"] = call.From,
            ["To"] = call.To,
        };
        Geography.Describe(parameters, "Called", call.To);
        Geography.Describe(parameters, "Caller", call.From);
        Geography.Describe(parameters, "From", call.From);
        Geography.Describe(parameters, "To", call.To);
        if (call.ParentSid is { } parent)
            parameters["ParentCallSid"] = parent;
        return parameters;
    }

    private static string SipResponseCode(CallStatus status) =>
        status switch
        {
            CallStatus.Busy => "486",
            CallStatus.NoAnswer or CallStatus.Canceled => "487",
            CallStatus.Failed => "404",
            _ => "200",
        };

    private static string Invariant(int number) => number.ToString(CultureInfo.InvariantCulture);
}
