using Simulators.Twilio.Numbers;

namespace Simulators.Twilio.Network;

/// <summary>What is wrong with a request to the phone network.</summary>
internal static class Problems
{
    public static Dictionary<string, string[]> OfParties(string from, string to)
    {
        var errors = new Dictionary<string, string[]>();
        if (!PhoneNumber.CanCall(from))
            errors["from"] = ["A valid number in E.164, or a hidden caller such as anonymous or +266696687."];
        if (PhoneNumber.Normalize(to) != to)
            errors["to"] = ["A valid number in E.164."];
        return errors;
    }
}
