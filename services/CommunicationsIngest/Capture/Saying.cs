using System.Text.RegularExpressions;
using CommunicationsIngest.Transcripts;
using Messages.CommunicationsIngest;

namespace CommunicationsIngest.Capture;

/// <summary>An utterance of the person, prepared to be read by the rules.</summary>
internal sealed partial class Saying
{
    private const int MaxQuote = 500;
    private const int MinLettersOfCase = 4;

    private readonly Utterance _utterance;

    public Saying(Utterance utterance, string? question)
    {
        _utterance = utterance;
        Question = question ?? "";
        // Other people's words in quotation marks are not the person's own. Replaced by as many spaces, so that positions stay.
        Text = Quoted().Replace(utterance.Text.Replace('’', '\'').Replace('\u00a0', ' '), match => new string(' ', match.Length));
        IsCased = Text.Any(char.IsLower) ? Text.Any(char.IsUpper) : Text.Count(char.IsUpper) < MinLettersOfCase;
    }

    /// <summary>As long as what was said.</summary>
    public string Text { get; }

    /// <summary>What the agent said just before; empty where it was nothing.</summary>
    public string Question { get; }

    /// <summary>Capitals tell names. False for a text all in small letters or all in capitals, where they tell nothing.</summary>
    public bool IsCased { get; }

    public DateTimeOffset At => _utterance.At;

    public Guid Id => _utterance.Id;

    public CapturedDetail Detail(string field, string value, double confidence, int start, int end) =>
        new(field, value, SentenceAround(_utterance.Text, start, end), confidence, _utterance.Id);

    /// <summary>The sentence before this position, up to it: what decides of whom the words speak.</summary>
    public string Before(int position) => Text[SentenceStart(Text, position)..position];

    public string SentenceAround(int start, int end) => SentenceAround(Text, start, end);

    /// <summary>Pairs what the person said with what the agent said just before.</summary>
    public static IEnumerable<Saying> Of(IReadOnlyList<Utterance> conversation)
    {
        string? question = null;
        foreach (var utterance in conversation)
        {
            if (utterance.Speaker == Speaker.Agent)
            {
                question = utterance.Text;
                continue;
            }
            if (!Instruction.IsIn(utterance.Text))
            {
                yield return new(utterance, question);
            }
            question = null;
        }
    }

    private static string SentenceAround(string text, int start, int end)
    {
        var from = SentenceStart(text, start);
        var ending = SentenceEnd().Match(text, Math.Min(end, text.Length));
        var to = ending.Success ? ending.Index + 1 : text.Length;
        if (to - from > MaxQuote)
        {
            from = Math.Max(from, start - (MaxQuote / 4));
            to = Math.Min(to, from + MaxQuote);
            from += char.IsLowSurrogate(text[from]) ? 1 : 0;
            to -= char.IsHighSurrogate(text[to - 1]) ? 1 : 0;
        }
        return text[from..to].Trim();
    }

    private static int SentenceStart(string text, int position)
    {
        for (var i = Math.Min(position, text.Length) - 2; i >= 0; i--)
        {
            if (text[i] == '\n' || (text[i] is '.' or '!' or '?' && char.IsWhiteSpace(text[i + 1])))
            {
                return i + 1;
            }
        }
        return 0;
    }

    [GeneratedRegex("\"[^\"\n]*\\s[^\"\n]*\\s[^\"\n]*\"|“[^”\n]*\\s[^”\n]*\\s[^”\n]*”|«[^»\n]*»")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"[.!?](?=\s|$)|\n")]
    private static partial Regex SentenceEnd();
}
