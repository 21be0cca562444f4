using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using PhoneNumbers;

namespace Identifiers;

/// <summary>
/// A telephone number in E.164 (ITU-T E.164: <c>+</c>, country code, at most 15 digits in all). The one place where numbers are normalised, whatever way they come in:
/// API, webhook, import, sync. Normalising a normalised number changes nothing.
/// </summary>
public readonly record struct PhoneNumber
{
    /// <summary>Used until a workspace has said otherwise. ISO 3166-1 alpha-2.</summary>
    public const string DefaultCountry = "US";

    private const int MaxTextLength = 50;
    private const int NorthAmerica = 1;

    /// <summary>The library's name for none.</summary>
    private const string NoCountry = "ZZ";

    private static readonly PhoneNumberUtil Library = PhoneNumberUtil.GetInstance();

    /// <summary>Kept, for the library copies its set whenever it is asked.</summary>
    private static readonly FrozenSet<string> Countries = Library.GetSupportedRegions().ToFrozenSet(StringComparer.Ordinal);

    private PhoneNumber(string e164) => E164 = e164;

    public string E164 { get; }

    /// <summary>
    /// Digits by which duplicates are looked for, at most 15: country code and subscriber, without what may stand between them. Two numbers with one key are probably one line
    /// (an Argentine mobile with and without its 9, a Brazilian one of eight digits and of nine); equal numbers always share it. Not a number to call.
    /// </summary>
    public string LikenessKey
    {
        get
        {
            var number = Library.Parse(E164, null);
            return $"{number.CountryCode}{FormerPrefixes.Subscriber(number.CountryCode, Library.GetNationalSignificantNumber(number))}";
        }
    }

    /// <summary>IANA time zones of the places that the number may be at, by its prefix; several where that spans some, none where it has no place.</summary>
    public IReadOnlyList<string> TimeZones => PhoneTimeZones.Of(Library.Parse(E164, null));

    public override string ToString() => E164;

    /// <summary>
    /// Reads a number that a person or a file gave, international or as written in <paramref name="defaultCountry"/>. It must be one that the country's numbering plan
    /// could assign. Refused: words and letters, extensions (they have no E.164 form, and several people share the line), short codes, placeholders of hidden callers.
    /// </summary>
    /// <param name="defaultCountry">ISO 3166-1 alpha-2; with an unknown one, only international numbers can be read.</param>
    public static bool TryParse(string? text, string defaultCountry, out PhoneNumber number)
    {
        number = default;
        return TryRead(text, defaultCountry, out var read)
            && IsPossible(read)
            && (IsPlausibleNorthAmerican(read) || Library.IsValidNumber(read))
            && TryFormat(read, out number);
    }

    /// <summary>
    /// Reads a caller id that a telephone network gave: E.164. A possible length is enough, for the network knows its newly opened ranges before any list of them does.
    /// Hidden callers, short codes and alphanumeric senders are refused: they are nobody's number.
    /// </summary>
    public static bool TryParseCallerId(string? callerId, out PhoneNumber number)
    {
        number = default;
        return !IsHiddenCaller(callerId)
            && callerId!.AsSpan().Trim().StartsWith("+")
            && TryRead(callerId, null, out var read)
            && IsPossible(read)
            && TryFormat(read, out number);
    }

    /// <summary>
    /// Whether a caller id means "does not want to be known": nothing at all, a word such as <c>anonymous</c>, or one of the well-known numbers that spell such a word
    /// on a keypad (Twilio, "Anonymous caller").
    /// </summary>
    public static bool IsHiddenCaller(string? callerId)
    {
        if (string.IsNullOrWhiteSpace(callerId))
        {
            return true;
        }
        var text = callerId.Trim();
        if (text.StartsWith("sip:", StringComparison.OrdinalIgnoreCase) || text.StartsWith("sips:", StringComparison.OrdinalIgnoreCase))
        {
            // RFC 3323: sip:anonymous@anonymous.invalid
            text = text[(text.IndexOf(':', StringComparison.Ordinal) + 1)..].Split('@', ';')[0];
        }
        return HiddenCallers.Words.Contains(text) || HiddenCallers.Numbers.Contains(text.StartsWith('+') ? text : "+" + text);
    }

    /// <summary>Whether numbers can be read as written in this country. ISO 3166-1 alpha-2, upper case.</summary>
    public static bool IsCountry(string country) => Countries.Contains(country);

    private static bool TryRead(string? text, string? country, out PhoneNumbers.PhoneNumber number)
    {
        number = null!;
        if (text is not { Length: > 0 and <= MaxTextLength } || !TryClean(text, out var cleaned))
        {
            return false;
        }
        try
        {
            number = ReadOnce(cleaned, country is not null && IsCountry(country) ? country : NoCountry);
            // One reading drops one trunk prefix and may lay bare another (+64 00 21 ...): such a thing is no number, for what is stored must read as itself.
            var e164 = Library.Format(number, PhoneNumberFormat.E164);
            return e164 == cleaned || Library.Format(ReadOnce(e164, NoCountry), PhoneNumberFormat.E164) == e164;
        }
        catch (NumberParseException)
        {
            return false;
        }
    }

    /// <summary>
    /// The library looks for a number inside any text ("call 604 555 1234 now"); here the text must be the number, without what could mark an extension. Invisible
    /// direction marks come along when a number is copied from a phone's address book.
    /// </summary>
    private static bool TryClean(string text, out string cleaned)
    {
        var kept = new StringBuilder(text.Length);
        foreach (var character in text.StartsWith("tel:", StringComparison.OrdinalIgnoreCase) ? text.AsSpan(4) : text)
        {
            var category = char.GetUnicodeCategory(character);
            if (category == UnicodeCategory.Format)
            {
                continue;
            }
            if (
                category is not (UnicodeCategory.DecimalDigitNumber or UnicodeCategory.SpaceSeparator or UnicodeCategory.DashPunctuation)
                && !"+＋()./".Contains(character)
            )
            {
                cleaned = "";
                return false;
            }
            kept.Append(character);
        }
        cleaned = kept.ToString().Trim();
        return cleaned.Length > 0;
    }

    private static PhoneNumbers.PhoneNumber ReadOnce(string text, string country)
    {
        var read = Library.Parse(text, country);
        if (!FormerPrefixes.Concern(read.CountryCode))
        {
            return read;
        }
        var national = Library.GetNationalSignificantNumber(read);
        var present = FormerPrefixes.Drop(read.CountryCode, national);
        return present == national
            ? read
            : new PhoneNumbers.PhoneNumber.Builder()
                .SetCountryCode(read.CountryCode)
                .SetNationalNumber(ulong.Parse(present, CultureInfo.InvariantCulture))
                .Build();
    }

    /// <summary>
    /// North American area codes begin with 2 to 9 (NANPA). The library also refuses area codes that are not in use yet, among them 555, which test systems and
    /// examples everywhere use; here they pass.
    /// </summary>
    private static bool IsPlausibleNorthAmerican(PhoneNumbers.PhoneNumber number) =>
        number is { CountryCode: NorthAmerica, NationalNumber: >= 200_000_0000 and <= 999_999_9999 };

    private static bool IsPossible(PhoneNumbers.PhoneNumber number) =>
        Library.IsPossibleNumberWithReason(number) == PhoneNumberUtil.ValidationResult.IS_POSSIBLE;

    private static bool TryFormat(PhoneNumbers.PhoneNumber read, out PhoneNumber number)
    {
        number = default;
        var e164 = Library.Format(read, PhoneNumberFormat.E164);
        if (e164.Length > 16 || HiddenCallers.Numbers.Contains(e164))
        {
            return false;
        }
        number = new(e164);
        return true;
    }
}
