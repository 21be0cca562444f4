using System.Text;
using System.Text.RegularExpressions;
using CommunicationsIngest.Capture;
using CommunicationsIngest.Transcripts;

namespace CommunicationsIngest.Summaries;

/// <summary>
/// The sentences of a conversation that tell most: what the person wanted, what the answer was. At most three sentences and 400 characters, word for word, with who said
/// them. Left out: words meant for a machine, and numbers as long as a payment card's.
/// </summary>
internal static partial class Extract
{
    public const int MaxLength = 400;
    private const int MaxSentences = 3;
    private const int MaxSentenceLength = 180;
    private const int MinWords = 3;

    public static string? Of(IReadOnlyList<Utterance> conversation)
    {
        var sentences = Sentences(conversation).ToList();
        if (Best(sentences.Where(sentence => sentence.Speaker == Speaker.Person)) is not { } request)
        {
            return null;
        }
        var chosen = new List<Sentence> { request };
        if (Best(sentences.Where(sentence => sentence.Speaker == Speaker.Agent && sentence.Position > request.Position && !sentence.IsQuestion)) is { } answer)
        {
            chosen.Add(answer);
        }
        chosen.AddRange(
            sentences
                .Where(sentence => sentence.Speaker == Speaker.Person && sentence.Score >= 2 && !chosen.Contains(sentence))
                .OrderByDescending(sentence => sentence.Score)
                .ThenBy(sentence => sentence.Position)
                .Take(MaxSentences - chosen.Count)
        );
        return Write([.. chosen.OrderBy(sentence => sentence.Position)]);
    }

    private static Sentence? Best(IEnumerable<Sentence> sentences) =>
        sentences.Where(sentence => sentence.Score > 0).OrderByDescending(sentence => sentence.Score).ThenBy(sentence => sentence.Position).FirstOrDefault();

    private static IEnumerable<Sentence> Sentences(IReadOnlyList<Utterance> conversation)
    {
        var position = 0;
        foreach (var utterance in conversation.Where(utterance => !Instruction.IsIn(utterance.Text)))
        {
            foreach (var text in Ending().Split(utterance.Text).Select(text => Spaces().Replace(text, " ").Trim()).Where(text => text.Length > 0))
            {
                yield return new(utterance.Speaker, text, position, Score(utterance.Speaker, text, position));
                position++;
            }
        }
    }

    private static double Score(Speaker speaker, string text, int position)
    {
        var words = SpokenWord.Split(text).Count;
        if (
            text.Count(char.IsAsciiDigit) >= 12
            || (words < MinWords && !text.Any(letter => char.GetUnicodeCategory(letter) == System.Globalization.UnicodeCategory.OtherLetter))
        )
        {
            return 0;
        }
        var matter = speaker == Speaker.Person ? Request().Count(text) : Answer().Count(text);
        return Math.Min(3, matter) * 2 + Math.Min(words, 20) / 10.0 - (Courtesy().IsMatch(text) ? 1.5 : 0) - Math.Min(position, 40) / 40.0;
    }

    private static string Write(IReadOnlyList<Sentence> sentences)
    {
        var summary = new StringBuilder();
        Speaker? speaker = null;
        foreach (var sentence in sentences)
        {
            var label =
                sentence.Speaker == speaker ? ""
                : sentence.Speaker == Speaker.Person ? "They: "
                : "We: ";
            var text = Shorten(sentence.Text, MaxSentenceLength);
            if (summary.Length + label.Length + text.Length + 1 > MaxLength)
            {
                break;
            }
            summary.Append(summary.Length == 0 ? "" : " ").Append(label).Append(text);
            speaker = sentence.Speaker;
        }
        return summary.ToString();
    }

    private static string Shorten(string text, int length)
    {
        if (text.Length <= length)
        {
            return text;
        }
        var end = text.LastIndexOf(' ', length - 2);
        end = end > length / 2 ? end : length - 1;
        return text[..(char.IsHighSurrogate(text[end - 1]) ? end - 1 : end)] + "…";
    }

    private sealed record Sentence(Speaker Speaker, string Text, int Position, double Score)
    {
        public bool IsQuestion => Text.EndsWith('?');
    }

    [GeneratedRegex(@"(?<=[.!?。！？…])(?<!\b(?:mr|mrs|ms|dr|st|no|inc|ltd|a\.m|p\.m)\.)\s+|\n+|(?<=[。！？])", RegexOptions.IgnoreCase)]
    private static partial Regex Ending();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    [GeneratedRegex(
        @"\b(?:need|want|would like|i'd like|looking (?:for|to)|can you|could you|can i|could i|do you|is there|are you|how (?:much|long|do|can|soon)|when|where|which|why|question|help|book(?:ing)?|schedule|reschedule|cancel|change|move|appointment|reservation|order|invoice|bill|quote|estimate|price|cost|pay(?:ment)?|refund|return|deliver(?:y|ed)?|repair|fix|broken|leak\w*|problem|issue|wrong|late|complain\w*|urgent|emergency|call (?:me )?back|available|open|insurance|account|quisiera|necesito|quiero|cita|pedido|puede|cuánto|cuándo|dónde|voudrais|j'aimerais|besoin|rendez-vous|commande|facture|combien|quand|pouvez)\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    private static partial Regex Request();

    [GeneratedRegex(
        @"\b(?:booked|scheduled|rescheduled|confirmed|cancel+ed|moved|see you|we have|we are open|we're open|we open|open (?:until|till|from)|sent|send you|will (?:call|send|be|get|come|let)|we'll|i'll|i've|refund\w*|transfer\w*|available|costs?|price|\$\d+|today|tomorrow|monday|tuesday|wednesday|thursday|friday|saturday|sunday|\d{1,2}(?::\d{2})?\s?[ap]\.?m|unfortunately|can't|cannot|reserv\w*|confirm\w*|cita|mañana|rendez-vous|demain)\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    private static partial Regex Answer();

    [GeneratedRegex(
        @"^(?:hi|hello|hey|good (?:morning|afternoon|evening)|thank(?:s| you)|ok(?:ay)?|sure|great|perfect|bye|goodbye|have a|yes|no|yeah|this is|my name|my e-?mail|hola|gracias|bonjour|merci)\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    private static partial Regex Courtesy();
}
