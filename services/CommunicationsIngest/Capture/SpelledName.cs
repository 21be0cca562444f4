using System.Text;
using System.Text.RegularExpressions;

namespace CommunicationsIngest.Capture;

/// <summary>A name said letter by letter: "J-O-H-N", "K as in king, A, double T".</summary>
internal static partial class SpelledName
{
    private const int MinLetters = 3;

    /// <summary>The spelled words, with a capital and small letters.</summary>
    public static IEnumerable<(string Word, int Start, int End)> Read(string text)
    {
        var letters = new StringBuilder();
        int start = 0,
            end = 0;
        var isExplained = false;
        foreach (Match match in Letter().Matches(text))
        {
            var joins = letters.Length > 0 && Between().IsMatch(text[end..match.Index]);
            if (!joins)
            {
                if (Word(letters, isExplained, text[start..end]) is { } word)
                {
                    yield return (word, start, end);
                }
                letters.Clear();
                start = match.Index;
                isExplained = false;
            }
            letters.Append(match.Groups["letter"].Value, 0, 1);
            if (match.Groups["double"].Success)
            {
                letters.Append(match.Groups["letter"].Value);
            }
            isExplained |= match.Groups["word"].Success;
            end = match.Index + match.Length;
        }
        if (Word(letters, isExplained, text[start..end]) is { } last)
        {
            yield return (last, start, end);
        }
    }

    /// <summary>Whether the spelling may be of this word as it was heard: the same first letter, and about as long.</summary>
    public static bool Corrects(string spelled, string heard) =>
        char.ToUpperInvariant(spelled[0]) == char.ToUpperInvariant(heard[0]) && Math.Abs(spelled.Length - heard.Length) <= 2;

    private static string? Word(StringBuilder letters, bool isExplained, string source)
    {
        if (letters.Length < MinLetters || !(isExplained || source.Contains('-', StringComparison.Ordinal) || source.Where(char.IsLetter).All(char.IsUpper)))
        {
            return null;
        }
        return NameInText.WithCapitals(letters.ToString().ToLowerInvariant());
    }

    [GeneratedRegex(
        @"(?<![\p{L}\p{N}'])(?<double>double\s)?(?<letter>\p{L})(?![\p{L}\p{N}'])(?:,?\s(?:as\sin|like|for|is\sfor)\s(?<word>\p{L}{2,}))?",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    private static partial Regex Letter();

    [GeneratedRegex(@"^(?:\s?[-–,.]\s?|\s|,?\s(?:and|then)\s)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Between();
}
