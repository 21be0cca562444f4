using System.Globalization;
using System.Text;

namespace SearchIndexer.Terms;

/// <summary>
/// Cuts text into words as they are compared: lower case, without accents, only letters and digits. The same for what is indexed and for what is asked, and for every engine.
/// </summary>
internal static class Words
{
    /// <summary>A word counts up to this length, in UTF-16 units.</summary>
    public const int MaxLength = 64;

    /// <summary>Letters that Unicode does not decompose; what PostgreSQL's unaccent makes of them.</summary>
    private static readonly Dictionary<char, string> Undecomposed = new()
    {
        ['ß'] = "ss",
        ['æ'] = "ae",
        ['œ'] = "oe",
        ['ø'] = "o",
        ['đ'] = "d",
        ['ð'] = "d",
        ['þ'] = "th",
        ['ł'] = "l",
        ['ħ'] = "h",
        ['ı'] = "i",
    };

    /// <summary>The words as somebody types them: <c>O'Brien</c> is <c>obrien</c>.</summary>
    public static IEnumerable<string> Of(string text) => Cut(text).Select(word => Clip(word.Replace("'", "", StringComparison.Ordinal)));

    /// <summary>The words and, of those with an apostrophe, their parts: <c>O'Brien</c> is found as <c>obrien</c> and as <c>brien</c>.</summary>
    public static IEnumerable<string> WithParts(string text) =>
        Of(text).Concat(Cut(text).Where(word => word.Contains('\'', StringComparison.Ordinal)).SelectMany(word => word.Split('\'')).Select(Clip));

    private static IEnumerable<string> Cut(string text)
    {
        var word = new StringBuilder();
        foreach (var rune in text.Normalize(NormalizationForm.FormKD).ToLowerInvariant().EnumerateRunes())
        {
            if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark)
            {
                continue;
            }
            if (Rune.IsDigit(rune))
            {
                // Also ٣ and ३ are 3.
                word.Append(CultureInfo.InvariantCulture, $"{(int)Rune.GetNumericValue(rune)}");
            }
            else if (Rune.IsLetterOrDigit(rune))
            {
                word.Append(rune.IsBmp && Undecomposed.TryGetValue((char)rune.Value, out var plain) ? plain : rune.ToString());
            }
            else if (rune.Value is '\'' or '’' or 'ʼ' && word.Length > 0)
            {
                word.Append('\'');
            }
            else if (word.Length > 0)
            {
                yield return word.ToString().TrimEnd('\'');
                word.Clear();
            }
        }
        if (word.Length > 0)
        {
            yield return word.ToString().TrimEnd('\'');
        }
    }

    private static string Clip(string word) => word.Length <= MaxLength ? word : word[..MaxLength];
}
