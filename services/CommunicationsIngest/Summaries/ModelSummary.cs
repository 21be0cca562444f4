using System.Text.RegularExpressions;
using CommunicationsIngest.Capture;

namespace CommunicationsIngest.Summaries;

/// <summary>
/// A model's summary is read by people and by the agents that take the next call. It must be short and plain, made of the conversation's own matter, and hold nothing to click,
/// to dial or to obey.
/// </summary>
internal static partial class ModelSummary
{
    private const int MaxSentences = 4;
    private const int MinWordLength = 5;
    private const double MinShare = 0.4;

    /// <returns>Null where it does not hold; then the extract does.</returns>
    public static string? Verify(string? text, IReadOnlyList<Utterance> conversation)
    {
        var summary = Spaces().Replace(text ?? "", " ").Trim();
        if (
            summary.Length is 0 or > Extract.MaxLength
            || !Identifiers.Utf16.IsWellFormed(summary)
            || summary.Any(char.IsControl)
            || Sentences().Count(summary) > MaxSentences
            || Suspicious().IsMatch(summary)
            || Instruction.IsIn(summary)
        )
        {
            return null;
        }
        // What was said to a machine is no matter of the conversation.
        var said = conversation
            .Where(utterance => !Instruction.IsIn(utterance.Text))
            .SelectMany(utterance => Stems(utterance.Text))
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        var words = Stems(summary).ToList();
        return words.Count(said.Contains) >= words.Count * MinShare ? summary : null;
    }

    /// <summary>Longer words without their endings: "rescheduled" is of "reschedule".</summary>
    private static IEnumerable<string> Stems(string text) =>
        SpokenWord.Split(text).Where(word => word.Text.Length >= MinWordLength).Select(word => word.Text[..MinWordLength].ToUpperInvariant());

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    [GeneratedRegex(@"[.!?](?:\s|$)")]
    private static partial Regex Sentences();

    [GeneratedRegex(
        @"https?:|www\.|\S@\S|[<>{}\[\]|`]|\+?\d[\d\s().-]{6,}\d|\b(?:you must|agents? (?:must|should)|the agent (?:must|should)|always|never|vip|opt(?:ed)?[\s-](?:in|out)|password|discount code|verified (?:owner|caller|customer))\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    private static partial Regex Suspicious();
}
