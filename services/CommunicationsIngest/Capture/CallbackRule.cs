using System.Text.RegularExpressions;

namespace CommunicationsIngest.Capture;

/// <summary>When the person asks to be called back.</summary>
/// <param name="Words">As said: "tomorrow at 3". At most 100 characters.</param>
/// <param name="SaidAt">What "tomorrow" counts from.</param>
internal sealed record Callback(string Words, DateTimeOffset SaidAt);

/// <summary>"Call me back tomorrow at 3", and the answer to "when may we call you?".</summary>
internal static partial class CallbackRule
{
    private const int MaxLength = 100;

    public static Callback? Read(Saying saying)
    {
        foreach (Match request in Requested().Matches(saying.Text))
        {
            var end = request.Index + request.Length;
            if (
                !Refused().IsMatch(saying.Before(request.Index))
                && CallbackTime.Find(saying.Text[end..]) is { } time
                && Gap().IsMatch(saying.Text[end..(end + time.Start)])
            )
            {
                return ToCallback(time.Words, saying);
            }
        }
        return Asked().IsMatch(saying.Question) && CallbackTime.Find(saying.Text) is { } answer ? ToCallback(answer.Words, saying) : null;
    }

    private static Callback ToCallback(string words, Saying saying) => new(words.Length <= MaxLength ? words : words[..MaxLength], saying.At);

    [GeneratedRegex(
        """
            \b(?:call|ring|phone|telephone)\s(?:me|us)(?:\sback)?\b
            | \bgive\s(?:me|us)\sa\s(?:call|ring|buzz|shout)(?:\sback)?\b
            | \b(?:call|ring|phone)(?:-|\s)?back\b
            | \bhave\s\p{L}+\s(?:please\s)?(?:call|ring|phone)(?:\s(?:me|us))?(?:\sback)?\b
            | \bll[aá]m[ae](?:me|rme|nme)\b | \bme\s(?:puede[ns]?|podrían?)\sllamar\b | \brappele[zr][\s-]moi\b | \b(?:me\srappeler|m'appeler)\b
            """,
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.IgnorePatternWhitespace
    )]
    private static partial Regex Requested();

    [GeneratedRegex(
        @"\b(?:don't|do not|never|stop|did|didn't|why|no|(?<!(?:could|can|would|will|should|have)\s)(?:he|she|they)|said|was|tried to)(?:\s\p{L}+)?\s*$|\byou\s(?:guys\s)?$(?<!(?:can|could|will|would|if)\s(?:you|you guys)\s)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    private static partial Regex Refused();

    /// <summary>What may stand between the request and its time: a number, a please.</summary>
    [GeneratedRegex(@"^[^.!?;\n]{0,40}$")]
    private static partial Regex Gap();

    [GeneratedRegex(
        @"\b(?:when|what time|which day|good time|best time)\b[^.!?]*\b(?:call|phone|ring|reach)\b|\bcall (?:you )?back\b[^.!?]*\bwhen\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    private static partial Regex Asked();
}
