using System.Text.RegularExpressions;
using PhoneNumbers;

namespace Identifiers;

/// <summary>
/// Countries where one line is written with and without a digit that says no more than "mobile". What is surely the same line gets one form; what only may be is alike
/// (<see cref="PhoneNumber.LikenessKey"/>).
/// </summary>
internal static partial class FormerPrefixes
{
    private const int Mexico = 52;
    private const int Argentina = 54;
    private const int Brazil = 55;

    /// <summary>The national number in its present form, or as it was.</summary>
    /// <param name="national">National significant number, with leading zeros.</param>
    public static string Drop(int countryCode, string national) =>
        countryCode switch
        {
            Mexico => FormerMexican.Replace(national, "$1"),
            Argentina when national.Length > 11 && national[0] == '9' => MobileTwice(national),
            Brazil => FormerBrazilianMobile.Replace(national, "${area}9${subscriber}"),
            _ => national,
        };

    public static bool Concern(int countryCode) => countryCode is Mexico or Argentina or Brazil;

    /// <summary>The digits that stay the same however the line is written.</summary>
    public static string Subscriber(int countryCode, string national) =>
        countryCode switch
        {
            Argentina => ArgentineMobile.Replace(national, "$1"),
            Brazil => BrazilianMobile.Replace(national, "${area}${subscriber}"),
            _ => national.TrimStart('0'),
        };

    /// <summary>
    /// IFT, Plan Técnico Fundamental de Numeración (in force since 3 August 2019): ten digits are the whole number. Gone are 01 (long distance), 044 and 045 (mobile) and, from
    /// abroad, 1 (mobile); address books and some networks keep them. No national number begins with 0 or 1.
    /// </summary>
    [GeneratedRegex(@"^(?:01|04[45]|1)([2-9][0-9]{9})\z")]
    private static partial Regex FormerMexican { get; }

    /// <summary>
    /// Anatel, Resolução 553/2010: since 6 November 2016 every mobile number of the country has a 9 before its former eight digits; landlines (2 to 5) kept eight. Former
    /// numbers with 7 are left alone: trunked radio (SME) had some of them and never got the 9, so that 7x and 97x may be two lines.
    /// </summary>
    [GeneratedRegex(@"^(?<area>[1-9]{2})(?<subscriber>[689][0-9]{7})\z")]
    private static partial Regex FormerBrazilianMobile { get; }

    [GeneratedRegex(@"^(?<area>[1-9]{2})9(?<subscriber>[6-9][0-9]{7})\z")]
    private static partial Regex BrazilianMobile { get; }

    /// <summary>
    /// Plan Fundamental de Numeración Nacional: ten digits, area and subscriber; a mobile line is dialled with 15 between them inside the country and with 9 before them from
    /// abroad, which is its E.164 form. libphonenumber turns 15 into 9; here go numbers that have both. Ten digits with neither stay as they are: landlines and mobiles share
    /// their ranges (libphonenumber's data has the same ones for both), and a mobile is called from abroad only with its 9.
    /// </summary>
    private static string MobileTwice(string national)
    {
        var phones = PhoneNumberUtil.GetInstance();
        try
        {
            var once = phones.GetNationalSignificantNumber(phones.Parse(national[1..], "AR"));
            return once switch
            {
                { Length: 10 } => "9" + once,
                ['9', ..] and { Length: 11 } => once,
                _ => national,
            };
        }
        catch (NumberParseException)
        {
            return national;
        }
    }

    [GeneratedRegex(@"^9([1-3][0-9]{9})\z")]
    private static partial Regex ArgentineMobile { get; }
}
