using PhoneNumbers;

namespace Simulators.Twilio.Numbers;

/// <summary>Addresses on the phone network.</summary>
internal static class PhoneNumber
{
    /// <summary>What stands in From when the caller hides: words, and the keypad spellings that carriers make of them.</summary>
    private static readonly HashSet<string> Hidden = new(StringComparer.OrdinalIgnoreCase)
    {
        "anonymous",
        "restricted",
        "unavailable",
        "private",
        "+266696687",
        "+7378742833",
        "+86282452253",
        "+2562533",
        "+8656696",
    };

    /// <summary>E.164 of what a client wrote, national numbers read as American; null when it is no valid number.</summary>
    public static string? Normalize(string text)
    {
        try
        {
            var util = PhoneNumberUtil.GetInstance();
            var number = util.Parse(text, "US");
            return util.IsValidNumber(number) ? util.Format(number, PhoneNumberFormat.E164) : null;
        }
        catch (NumberParseException)
        {
            return null;
        }
    }

    public static bool IsHidden(string number) => Hidden.Contains(number);

    /// <summary>A number in E.164 or the mark of a hidden caller: what can stand in a webhook's From.</summary>
    public static bool CanCall(string number) => IsHidden(number) || Normalize(number) == number;
}
