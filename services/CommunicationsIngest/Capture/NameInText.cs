using System.Text.RegularExpressions;

namespace CommunicationsIngest.Capture;

/// <summary>A person's name in running text.</summary>
/// <param name="Words">As written, or with capitals where the text has none.</param>
/// <param name="HasTitle">"Dr.", "Mrs." stood before it; it is not among the words.</param>
internal sealed partial record NameInText(IReadOnlyList<string> Words, int Start, int End, bool HasTitle)
{
    private const int MaxWords = 6;

    private static readonly HashSet<string> Particles = new(StringComparer.OrdinalIgnoreCase)
    {
        "al",
        "ben",
        "bin",
        "da",
        "de",
        "del",
        "den",
        "der",
        "di",
        "dos",
        "du",
        "el",
        "ibn",
        "la",
        "las",
        "le",
        "los",
        "ten",
        "ter",
        "van",
        "von",
        "y",
    };

    public string Value => string.Join(' ', Words);

    /// <summary>Known as a name without any words before it that say so.</summary>
    public bool IsEvident => HasTitle || WordList.GivenNames.Contains(Words[0]) || WordList.AmbiguousNames.Contains(Words[0]);

    public bool IsAmbiguous => Words.Count == 1 && WordList.AmbiguousNames.Contains(Words[0]);

    public bool NamesBusiness => Words.Any(WordList.Business.Contains);

    /// <summary>Reads the name that begins here.</summary>
    /// <param name="isExpected">The words before say that a name follows ("my name is"): without capitals, whatever is no other word is one.</param>
    /// <returns>Null where there is none, and where it is only an owner's ("Anna's sister").</returns>
    public static NameInText? ReadAt(Saying saying, int position, bool isExpected)
    {
        var text = saying.Text;
        var start = position;
        while (start < text.Length && (char.IsWhiteSpace(text[start]) || text[start] is '"' or '\''))
        {
            start++;
        }
        var title = Title().Match(text, start);
        start += title.Length;
        var words = new List<string>();
        var end = start;
        for (var i = start; words.Count < MaxWords && Word().Match(text, i) is { Success: true } match; )
        {
            var word = match.Value;
            if (word.EndsWith("'s", StringComparison.OrdinalIgnoreCase))
            {
                return null;
            }
            if (!(words.Count == 0 ? MayBegin(saying, word, isExpected) : MayFollow(saying, word, words, match.Index + match.Length)))
            {
                break;
            }
            words.Add(word);
            end = match.Index + match.Length;
            if (word.Length == 1 && end < text.Length && text[end] == '.')
            {
                words[^1] += '.';
                end++;
            }
            i = end;
            if (i >= text.Length || text[i] != ' ')
            {
                break;
            }
            i++;
        }
        // "Marc Dubois de Hydro Services": the name ends where the company begins.
        if (words.IndexOf("de") is > 0 and var of && words.Skip(of).Any(WordList.Business.Contains))
        {
            end = text.IndexOf(" de ", start, StringComparison.Ordinal);
            words.RemoveRange(of, words.Count - of);
        }
        while (words.Count > 0 && IsParticle(words[^1]))
        {
            words.RemoveAt(words.Count - 1);
        }
        return words.Count == 0 || BeginsAddress().IsMatch(text, end) ? null : new([.. words.Select(WithCapitals)], start, end, title.Success);
    }

    /// <summary>Whether this could be somebody's name, wherever it comes from.</summary>
    public static bool IsPlausible(string value)
    {
        var words = value.Split(' ');
        return words.Length is > 0 and <= MaxWords
            && words.All(word => Word().Match(word.TrimEnd('.')) is { Success: true } match && match.Length == word.TrimEnd('.').Length)
            && words.Any(word => word.TrimEnd('.').Length > 1)
            && !words.Any(word => WordList.Business.Contains(word) || (WordList.NotNames.Contains(word) && !IsGiven(word) && !IsParticle(word)));
    }

    public static string WithCapitals(string word)
    {
        if (word.Any(char.IsLower) && char.IsUpper(word[0]))
        {
            return word;
        }
        if (IsParticle(word) || (word.Any(char.IsLower) && word.Any(char.IsUpper)))
        {
            return word;
        }
        return string.Create(
            word.Length,
            word,
            (capitals, source) =>
            {
                for (var i = 0; i < source.Length; i++)
                {
                    capitals[i] = i == 0 || source[i - 1] is '-' or '\'' ? char.ToUpperInvariant(source[i]) : char.ToLowerInvariant(source[i]);
                }
            }
        );
    }

    private static bool MayBegin(Saying saying, string word, bool isExpected)
    {
        if (saying.IsCased && char.IsUpper(word[0]))
        {
            return IsGiven(word) || (!WordList.NotNames.Contains(word) && !(word.Length > 1 && word.All(char.IsUpper)));
        }
        return (WordList.GivenNames.Contains(word) && !WordList.AmbiguousNames.Contains(word))
            || (
                isExpected
                && !saying.IsCased
                && !WordList.NotNames.Contains(word)
                && (word.Length > 1 || char.GetUnicodeCategory(word[0]) == System.Globalization.UnicodeCategory.OtherLetter)
            );
    }

    private static bool MayFollow(Saying saying, string word, List<string> before, int end)
    {
        if (IsParticle(word))
        {
            return !saying.IsCased || char.IsUpper(word[0]) || NextIsCapital().IsMatch(saying.Text, end);
        }
        if (saying.IsCased && char.IsUpper(before[0][0]))
        {
            return char.IsUpper(word[0]) && !(WordList.NotNames.Contains(word) && !IsGiven(word)) && !(word.Length > 2 && word.All(char.IsUpper));
        }
        // Small letters throughout: the name ends where other words begin.
        return !WordList.NotNames.Contains(word)
            && !word.EndsWith("ing", StringComparison.OrdinalIgnoreCase)
            && NextWord().Match(saying.Text, end) is var next
            && (!next.Success || WordList.NotNames.Contains(next.Groups[1].Value));
    }

    private static bool IsGiven(string word) => WordList.GivenNames.Contains(word) || WordList.AmbiguousNames.Contains(word);

    private static bool IsParticle(string word) => Particles.Contains(word) && word.All(char.IsLower);

    [GeneratedRegex(@"\G\p{L}[\p{L}\p{M}]*(?:['\-][\p{L}\p{M}]+)*")]
    private static partial Regex Word();

    [GeneratedRegex(
        @"\G(?:(?:dr|mr|mrs|ms|prof|sr|sra|dra|mme|mlle)\.?|miss|doctor|professor|señora?|monsieur|madame|herr|frau)\s(?=\p{L})",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    private static partial Regex Title();

    [GeneratedRegex(@"\G (?:\p{Ll}+ ){0,2}\p{Lu}")]
    private static partial Regex NextIsCapital();

    /// <summary>"John dot Smith at": no name but an email address.</summary>
    [GeneratedRegex(
        @"\G[_@\d]|\G[.+\-](?:\d|\p{Ll})|\G\s*(?:@|(?:dot|punto|point|underscore|tiret|dash|hyphen|guion|arroba|arobase|at\s(?:gmail|yahoo|hotmail|outlook|icloud)|at\s\w+\s(?:dot|punto|point))\b)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    private static partial Regex BeginsAddress();

    [GeneratedRegex(@"\G ([\p{L}']+)")]
    private static partial Regex NextWord();
}
