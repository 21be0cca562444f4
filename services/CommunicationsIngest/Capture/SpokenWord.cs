using System.Text.RegularExpressions;

namespace CommunicationsIngest.Capture;

/// <summary>A word of what was said, with its place.</summary>
internal readonly partial record struct SpokenWord(string Text, int Start, int End)
{
    private static readonly Dictionary<string, string> Digits = new(StringComparer.OrdinalIgnoreCase)
    {
        ["zero"] = "0",
        ["oh"] = "0",
        ["o"] = "0",
        ["one"] = "1",
        ["two"] = "2",
        ["three"] = "3",
        ["four"] = "4",
        ["five"] = "5",
        ["six"] = "6",
        ["seven"] = "7",
        ["eight"] = "8",
        ["nine"] = "9",
        ["ten"] = "10",
        ["eleven"] = "11",
        ["twelve"] = "12",
        ["thirteen"] = "13",
        ["fourteen"] = "14",
        ["fifteen"] = "15",
        ["sixteen"] = "16",
        ["seventeen"] = "17",
        ["eighteen"] = "18",
        ["nineteen"] = "19",
        ["hundred"] = "00",
    };

    /// <summary>A digit's word, or digits; null for anything else.</summary>
    public string? AsDigits => Digits.GetValueOrDefault(Text) ?? (Text.All(char.IsAsciiDigit) ? Text : null);

    public static List<SpokenWord> Split(string text) =>
        [.. Pattern().Matches(text).Select(match => new SpokenWord(match.Value, match.Index, match.Index + match.Length))];

    [GeneratedRegex(@"@|[\p{L}\p{N}](?:[\p{L}\p{N}\p{M}']|[._+\-](?=[\p{L}\p{N}]))*")]
    private static partial Regex Pattern();
}
