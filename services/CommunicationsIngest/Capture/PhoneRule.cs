using System.Text;
using System.Text.RegularExpressions;
using Identifiers;
using Messages.CommunicationsIngest;

namespace CommunicationsIngest.Capture;

/// <summary>A number that the person gives to be reached at: "call me at …", "my number is …", or as the answer to the question for it; in figures or in words.</summary>
internal static partial class PhoneRule
{
    private const int MinDigits = 7;
    private const int MaxDigits = 15;

    /// <param name="country">In whose way numbers without a country code are read; ISO 3166-1 alpha-2.</param>
    public static IEnumerable<CapturedDetail> Read(Saying saying, string country) =>
        Find(saying, country).Where(found => IsOffered(saying, found.Start, found.End)).Select(found => found.Detail);

    /// <summary>Also those of which only the talk around tells that they are the person's.</summary>
    public static IEnumerable<CapturedDetail> Candidates(Saying saying, string country) => Find(saying, country).Select(found => found.Detail);

    private static IEnumerable<(CapturedDetail Detail, int Start, int End)> Find(Saying saying, string country)
    {
        foreach (var (digits, start, end) in Find(saying.Text))
        {
            var before = saying.Before(start);
            if (PhoneNumber.TryParse(digits, country, out var number) && !OtherPeople.AreIn(before) && !Unwanted().IsMatch(before))
            {
                yield return (saying.Detail("phone", number.E164, 0.9, start, end), start, end);
            }
        }
    }

    private static bool IsOffered(Saying saying, int start, int end) =>
        Offered().IsMatch(saying.Before(start))
        || IsBesideEmail(saying.Text, start, end)
        || (Asked().IsMatch(saying.Question) && IsAnswer(saying.Text, start, end));

    /// <summary>All sequences of digits in a text that are long enough for a telephone number, in figures or words.</summary>
    private static IEnumerable<(string Digits, int Start, int End)> Find(string text)
    {
        foreach (Match match in Figures().Matches(text))
        {
            yield return (match.Value.Trim(), match.Index, match.Index + match.Length);
        }
        var digits = new StringBuilder();
        int start = 0,
            end = 0;
        var hasWords = false;
        var times = 1;
        foreach (var word in SpokenWord.Split(text))
        {
            if (word.Text.ToLowerInvariant() is "double" or "triple")
            {
                times = word.Text.Length == 6 && char.ToLowerInvariant(word.Text[0]) == 'd' ? 2 : 3;
                continue;
            }
            if (word.AsDigits is { } spoken && (digits.Length == 0 || Joined().IsMatch(text[end..word.Start])))
            {
                start = digits.Length == 0 ? word.Start : start;
                digits.Append(string.Concat(Enumerable.Repeat(spoken, times)));
                hasWords |= !char.IsAsciiDigit(word.Text[0]);
                end = word.End;
            }
            else
            {
                if (hasWords && digits.Length is >= MinDigits and <= MaxDigits)
                {
                    yield return (digits.ToString(), start, end);
                }
                digits.Clear();
                hasWords = false;
            }
            times = 1;
        }
        if (hasWords && digits.Length is >= MinDigits and <= MaxDigits)
        {
            yield return (digits.ToString(), start, end);
        }
    }

    /// <summary>As in the block of addresses at a message's end.</summary>
    private static bool IsBesideEmail(string text, int start, int end) => EmailBefore().IsMatch(text[..start]) || EmailBehind().IsMatch(text[end..]);

    /// <summary>Little else is said beside the number.</summary>
    private static bool IsAnswer(string text, int start, int end) => SpokenWord.Split(text[..start]).Count + SpokenWord.Split(text[end..]).Count <= 8;

    [GeneratedRegex(@"\S@\S+\s*[,;|/]?\s*$")]
    private static partial Regex EmailBefore();

    [GeneratedRegex(@"^\s*[,;|/]?\s*[^\s@]+@\S")]
    private static partial Regex EmailBehind();

    [GeneratedRegex(@"(?<![\p{L}\d#$@.\-])\+?\(?\d(?:[\s().\-–/]{0,3}\d){6,14}(?![\d@]|[\-.]\d)")]
    private static partial Regex Figures();

    [GeneratedRegex(@"^(?:[\s,.\-–]{0,3}|,?\sand\s)$", RegexOptions.IgnoreCase)]
    private static partial Regex Joined();

    [GeneratedRegex(
        """
            \b(?:call|reach|text|ring|phone|contact|message|try|get|whatsapp)\s(?:me|us)\b[^.!?\n]{0,40}$
            | \b(?:call|phone|ring|text)\sback\b[^.!?\n]{0,30}$
            | \b(?:my|our|the\sbest|a\sbetter|callback|call-back|contact|new)\s(?:\p{L}+\s){0,3}(?:number|phone|cell(?:phone)?|mobile|telephone|line|landline|whatsapp)\b[^.!?\n]{0,30}$
            | \b(?:phone|tel|telephone|mobile|cell|mob)\s*(?:number|no\.?)?\s*:\s*$
            | \bmi\s(?:número|numero|teléfono|telefono|celular|móvil|movil)\b[^.!?\n]{0,30}$ | \b(?:ll[aá]m[ae](?:me|rme|nme)|márcame|contácteme)\b[^.!?\n]{0,30}$
            | \bmon\s(?:numéro|téléphone|portable|cellulaire|cell)\b[^.!?\n]{0,30}$ | \b(?:r?appele[zr]?[\s-]moi|me\s(?:rappeler|joindre|contacter|appeler))\b[^.!?\n]{0,30}$
            """,
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.IgnorePatternWhitespace
    )]
    private static partial Regex Offered();

    [GeneratedRegex(
        @"\b(?:number|phone|cell|mobile|reach you|call you|call back|callback|número|teléfono|numéro|téléphone)\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    private static partial Regex Asked();

    [GeneratedRegex(
        @"\b(?:order|account|invoice|reference|tracking|confirmation|policy|ticket|case|serial|member(?:ship)?|card|passport|licen[cs]e|model|fax|pedido|factura|commande|facture)\b[^.!?\n]{0,25}$|\b(?:did|do|why|who|when) (?:did )?you\b[^.!?\n]*$|\b(?:call|calls|text|texts|message|voicemail) from\b[^.!?\n]*$|\bnot\s*$|\b(?:he|she|they) (?:called|texted|said|told)\b[^!?\n]*$|\b(?:stop|don't|do not|never|quit) (?:call|text|phon|contact|messag)\p{L}*\b[^!?\n]*$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    private static partial Regex Unwanted();
}
