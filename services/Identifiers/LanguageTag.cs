using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Identifiers;

/// <summary>
/// A language as BCP 47 (RFC 5646) writes it: <c>en</c>, <c>fr-CA</c>, <c>zh-Hant-TW</c>. At most 35 characters (RFC 5646, 4.4.1). Well formed, of a language that Unicode's CLDR
/// knows, in canonical case and with the language's present code: <c>iw</c> is read as <c>he</c>, <c>eng</c> as <c>en</c>, <c>zh-yue</c> as <c>yue</c>.
/// Script, region and variant need only have the form.
/// </summary>
public readonly partial record struct LanguageTag
{
    public const int MaxLength = 35;

    private LanguageTag(string value) => Value = value;

    public string Value { get; }

    public override string ToString() => Value;

    /// <summary>Refused: unknown languages, tags that name none (<c>und</c>, <c>mul</c>, <c>zxx</c>, <c>x-...</c>), a variant or an extension twice, underscores.</summary>
    public static bool TryParse(string? text, out LanguageTag tag)
    {
        tag = default;
        var trimmed = text?.Trim() ?? "";
        if (trimmed.Length is 0 or > MaxLength || !Ascii.IsValid(trimmed))
        {
            return false;
        }
        var match = Form.Match(trimmed.ToLowerInvariant());
        if (!match.Success || HasTwice(match.Groups["variant"]) || HasTwice(match.Groups["singleton"]))
        {
            return false;
        }
        // An extended language is by itself the preferred form (RFC 5646, 4.5).
        var language = match.Groups["extended"] is { Success: true } extended ? extended : match.Groups["language"];
        if (!TryReadLanguage(language.Value, out var code))
        {
            return false;
        }
        tag = new(code + InCanonicalCase(match.Groups["rest"].Value));
        return true;
    }

    private static bool HasTwice(Group group) =>
        group.Captures.Select(capture => capture.Value).Distinct(StringComparer.Ordinal).Count() < group.Captures.Count;

    private static bool TryReadLanguage(string language, out string code)
    {
        code = language switch
        {
            // Replaced in the registry (RFC 5646, 4.5), and the two that CLDR takes for their macrolanguage.
            "iw" => "he",
            "in" => "id",
            "ji" => "yi",
            "jw" => "jv",
            "mo" => "ro",
            "cmn" => "zh",
            "arb" => "ar",
            _ => language,
        };
        if (code is "und" or "mul" or "mis" or "zxx")
        {
            return false;
        }
        try
        {
            // .NET makes a culture out of any code; only one that its data (ICU, of CLDR) knows has a code of three letters.
            var culture = CultureInfo.GetCultureInfo(code);
            code = culture.Name;
            return culture.ThreeLetterISOLanguageName.Length == 3;
        }
        catch (CultureNotFoundException)
        {
            return false;
        }
    }

    /// <summary>RFC 5646, 2.1.1: two letters upper case, four with a capital, unless they come after a singleton.</summary>
    private static string InCanonicalCase(string subtags)
    {
        var written = new StringBuilder(subtags.Length);
        var isExtension = false;
        foreach (var subtag in subtags.Split('-', StringSplitOptions.RemoveEmptyEntries))
        {
            isExtension |= subtag.Length == 1;
            written.Append('-');
            written.Append(
                subtag.Length switch
                {
                    2 when !isExtension => subtag.ToUpperInvariant(),
                    4 when !isExtension && char.IsAsciiLetter(subtag[0]) => char.ToUpperInvariant(subtag[0]) + subtag[1..],
                    _ => subtag,
                }
            );
        }
        return written.ToString();
    }

    /// <summary>RFC 5646, 2.1, lower case; without the irregular and the never registered forms.</summary>
    [GeneratedRegex(
        """
            ^(?<language>[a-z]{2,3})(?:-(?<extended>[a-z]{3}))?
            (?<rest>
              (?:-[a-z]{4})?
              (?:-(?:[a-z]{2}|[0-9]{3}))?
              (?:-(?<variant>[a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*
              (?:-(?<singleton>[a-wyz0-9])(?:-[a-z0-9]{2,8})+)*
              (?:-x(?:-[a-z0-9]{1,8})+)?
            )\z
            """,
        RegexOptions.IgnorePatternWhitespace | RegexOptions.ExplicitCapture
    )]
    private static partial Regex Form { get; }
}
