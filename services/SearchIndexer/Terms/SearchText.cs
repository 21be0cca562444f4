using System.Text.RegularExpressions;

namespace SearchIndexer.Terms;

/// <summary>Reads what somebody typed into the search box. Letters and digits count, everything else is ignored.</summary>
internal static partial class SearchText
{
    /// <summary>Characters; longer is refused.</summary>
    public const int MaxLength = 500;

    /// <summary>Terms beyond these are ignored: so many already name one contact.</summary>
    public const int MaxTerms = 16;

    public static IReadOnlyList<Term> Parse(string? text)
    {
        var terms = new List<Term>();
        var rest = text ?? "";
        foreach (Match number in Number().Matches(rest))
        {
            terms.Add(ToNumber(number.Value));
        }
        terms.AddRange(Words.Of(Number().Replace(rest, " ")).Select(word => new WordTerm(word)));
        return [.. terms.DistinctBy(term => term.ToString()).Take(MaxTerms)];
    }

    private static NumberTerm ToNumber(string text)
    {
        var words = Words.Of(text).ToList();
        // +44 (0)20 … is written for people: the zero is dialled inside the country only.
        var digits = string.Concat(words.Count > 0 ? Words.Of(TrunkZero().Replace(text, "")) : []);
        // Neither 00 (international) nor 0 (national) is part of an E.164 number.
        var significant = digits.TrimStart('0');
        return new(significant.Length > 0 ? significant : digits, words);
    }

    /// <summary>Digits with what people write between them, standing alone: a phone number whole or in part, in any format.</summary>
    [GeneratedRegex(@"(?<![\p{L}\p{M}\p{Nd}@_])[+(]*\p{Nd}(?:[\p{Nd}\s().+/\-‐-―]*\p{Nd})?(?![\p{L}\p{M}\p{Nd}@_])", RegexOptions.None, 1_000)]
    private static partial Regex Number();

    [GeneratedRegex(@"\(0\)")]
    private static partial Regex TrunkZero();
}
