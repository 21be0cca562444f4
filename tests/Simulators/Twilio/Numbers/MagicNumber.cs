using Simulators.Twilio.Accounts;
using Simulators.Twilio.Calls;

namespace Simulators.Twilio.Numbers;

/// <summary>
/// Numbers that behave in a fixed way. +1 500 555 000x are Twilio's own (https://www.twilio.com/docs/iam/test-credentials#magic-input). In every area code the
/// lines 555-0201 to 555-0209 are ours: they give a campaign as many different numbers with a known outcome as it needs.
/// </summary>
internal static class MagicNumber
{
    public static TwilioError? RefusalOfText(string to) =>
        to switch
        {
            "+15005550001" => TwilioError.BadRequest(21211, $"The 'To' number {to} is not a valid phone number."),
            "+15005550002" => TwilioError.BadRequest(21612, $"The message cannot be sent with the current combination of 'To' ({to}) and/or 'From' parameters"),
            "+15005550003" => TwilioError.BadRequest(
                21408,
                $"Permission to send an SMS has not been enabled for the region indicated by the 'To' number: {to}"
            ),
            "+15005550004" => TwilioError.BadRequest(21610, "Attempt to send to unsubscribed recipient"),
            "+15005550009" => TwilioError.BadRequest(21614, $"'To' number: {to}, is not a mobile number"),
            _ => null,
        };

    public static TwilioError? RefusalOfSender(string from) =>
        from switch
        {
            "+15005550001" => TwilioError.BadRequest(21212, $"The 'From' number {from} is not a valid phone number, shortcode, or alphanumeric sender ID."),
            "+15005550007" => TwilioError.BadRequest(
                21606,
                $"The 'From' phone number provided ({from}) is not a valid message-capable Twilio phone number for this destination."
            ),
            "+15005550008" => TwilioError.BadRequest(21611, $"This 'From' number {from} has exceeded the maximum number of queued messages"),
            _ => null,
        };

    public static TwilioError? RefusalOfCall(string to) =>
        to switch
        {
            "+15005550001" => TwilioError.BadRequest(21217, $"Phone number does not appear to be valid: {to}"),
            "+15005550002" => TwilioError.BadRequest(21214, $"'To' phone number cannot be reached: {to}"),
            "+15005550003" => TwilioError.BadRequest(21215, $"Account not authorized to call {to}. Perhaps you need to enable some international permissions"),
            "+15005550004" => TwilioError.BadRequest(21216, $"Account not allowed to call {to}"),
            _ => null,
        };

    /// <summary>Error that ends a text on its way: 30003 unreachable, 30005 unknown, 30006 landline, 30007 filtered by the carrier, 30008 unknown error.</summary>
    public static int? UndeliverableText(string to) =>
        OwnLine(to) switch
        {
            "5550205" => 30003,
            "5550206" => 30006,
            "5550207" => 30007,
            "5550208" => 30005,
            "5550209" => 30008,
            _ => null,
        };

    /// <summary>How the called party answers: 555-0201 busy, -0202 no answer, -0203 failed, -0204 voicemail; everybody else picks up.</summary>
    public static (CallStatus Outcome, bool Machine) AnswerOf(string to) =>
        OwnLine(to) switch
        {
            "5550201" => (CallStatus.Busy, false),
            "5550202" => (CallStatus.NoAnswer, false),
            "5550203" => (CallStatus.Failed, false),
            "5550204" => (CallStatus.Completed, true),
            _ => (CallStatus.Completed, false),
        };

    private static string OwnLine(string number) => number.StartsWith("+1", StringComparison.Ordinal) && number.Length == 12 ? number[5..] : "";
}
