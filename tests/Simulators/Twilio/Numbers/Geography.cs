namespace Simulators.Twilio.Numbers;

/// <summary>Where the provider believes a number to be: the place of its exchange, not of its owner.</summary>
/// <param name="City">In capitals, as the numbering plan's records are.</param>
/// <param name="State">Two letters.</param>
/// <param name="Country">ISO 3166 alpha-2.</param>
internal sealed record Geography(string City, string State, string Zip, string Country)
{
    private static readonly Geography Unknown = new("", "", "", "");

    private static readonly Dictionary<string, Geography> AreaCodes = new()
    {
        ["604"] = new("VANCOUVER", "BC", "V5K 0A1", "CA"),
        ["778"] = new("VANCOUVER", "BC", "V6B 1A1", "CA"),
        ["236"] = new("VANCOUVER", "BC", "V5Z 1A1", "CA"),
        ["250"] = new("VICTORIA", "BC", "V8V 1A1", "CA"),
        ["416"] = new("TORONTO", "ON", "M5H 2N2", "CA"),
        ["514"] = new("MONTREAL", "QC", "H2Y 1C6", "CA"),
        ["206"] = new("SEATTLE", "WA", "98101", "US"),
        ["212"] = new("NEW YORK", "NY", "10001", "US"),
        ["310"] = new("LOS ANGELES", "CA", "90012", "US"),
        ["415"] = new("SAN FRANCISCO", "CA", "94105", "US"),
        ["503"] = new("PORTLAND", "OR", "97204", "US"),
        ["617"] = new("BOSTON", "MA", "02108", "US"),
    };

    public static Geography Of(string number)
    {
        if (PhoneNumber.IsHidden(number))
            return Unknown;
        if (number.StartsWith("+1", StringComparison.Ordinal) && number.Length == 12)
            return AreaCodes.GetValueOrDefault(number[2..5], Unknown with { Country = "US" });
        var util = PhoneNumbers.PhoneNumberUtil.GetInstance();
        return Unknown with { Country = number.StartsWith('+') ? util.GetRegionCodeForNumber(util.Parse(number, null)) ?? "" : "" };
    }

    /// <summary>Adds e.g. FromCity, FromState, FromZip and FromCountry. A part that is not known is sent empty.</summary>
    public static void Describe(OrderedDictionary<string, string> parameters, string party, string number)
    {
        var place = Of(number);
        parameters[$"{party}City"] = place.City;
        parameters[$"{party}State"] = place.State;
        parameters[$"{party}Zip"] = place.Zip;
        parameters[$"{party}Country"] = place.Country;
    }
}
