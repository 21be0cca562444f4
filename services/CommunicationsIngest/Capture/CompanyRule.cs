using System.Text.RegularExpressions;
using Messages.CommunicationsIngest;

namespace CommunicationsIngest.Capture;

/// <summary>Where the person works or calls from: "I'm calling from …", "I work for …", "my company is …", "this is Rachel from …". A place is no company.</summary>
internal static partial class CompanyRule
{
    private const int MaxWords = 6;

    public static IEnumerable<CapturedDetail> Read(Saying saying)
    {
        foreach (Match match in Stated().Matches(saying.Text))
        {
            var isFrom = match.Groups["from"].Success;
            if (ReadAt(saying, match.Index + match.Length, needsBusinessWord: match.Groups["weak"].Success) is { } company)
            {
                yield return saying.Detail("company", company.Text, isFrom ? 0.7 : 0.85, company.Start, company.End);
            }
        }
        foreach (var end in NameRule.EndsOfNames(saying))
        {
            if (
                BehindName().Match(saying.Text, end) is { Success: true } match
                && ReadAt(saying, match.Index + match.Length, needsBusinessWord: false) is { } company
            )
            {
                yield return saying.Detail("company", company.Text, 0.8, company.Start, company.End);
            }
        }
    }

    private static (string Text, int Start, int End)? ReadAt(Saying saying, int position, bool needsBusinessWord)
    {
        var words = new List<string>();
        var end = position;
        for (var i = position; words.Count < MaxWords && Word().Match(saying.Text, i) is { Success: true } match; )
        {
            var word = match.Value;
            var isJoint = word is "&" or "and" or "of" or "+";
            if (!(isJoint ? words.Count > 0 && NextIsCapital().IsMatch(saying.Text, match.Index + match.Length) : Belongs(saying, word)))
            {
                break;
            }
            words.Add(word);
            i = end = match.Index + match.Length;
            if (i < saying.Text.Length && saying.Text[i] == '.' && IsAbbreviation(word))
            {
                i = ++end;
            }
            if (i >= saying.Text.Length || saying.Text[i] != ' ')
            {
                break;
            }
            i++;
        }
        if (words.Count == 0 || !IsCompany(words, needsBusinessWord))
        {
            return null;
        }
        return (string.Join(' ', saying.Text[position..end].Split(' ').Select(word => saying.IsCased ? word : NameInText.WithCapitals(word))), position, end);
    }

    private static bool Belongs(Saying saying, string word) =>
        saying.IsCased
            ? (char.IsUpper(word[0]) && word != "I" && !word.StartsWith("I'", StringComparison.Ordinal)) || char.IsAsciiDigit(word[0])
            : !WordList.NotNames.Contains(word) || WordList.Business.Contains(word);

    private static bool IsCompany(List<string> words, bool needsBusinessWord)
    {
        var hasBusinessWord = words.Any(WordList.Business.Contains);
        if (hasBusinessWord)
        {
            return words.Count > 1 && !Title().IsMatch(words[0]);
        }
        return !needsBusinessWord
            && !Title().IsMatch(words[0])
            && !WordList.Places.Contains(words[0])
            && !WordList.NotNames.Contains(words[0])
            && !Department().IsMatch(words[0])
            && !(WordList.GivenNames.Contains(words[0]) && words.Count <= 2);
    }

    private static bool IsAbbreviation(string word) => word.ToLowerInvariant() is "inc" or "ltd" or "corp" or "co" or "llc" or "bros" or "st";

    [GeneratedRegex(
        """
            (?<![\p{L}'])(?:
              (?<from>calling\s(?:you\s)?(?:on\sbehalf\sof|from|for|with))
              | (?:i|we)\s(?:also\s|currently\s)?work\s(?:at|for) | (?:i'm|i\sam|we're|we\sare)\s(?:with|working\sfor|employed\s(?:at|by))
              | (?:my|our)\s(?:company|business|firm|employer|organi[sz]ation|shop|store|restaurant)(?:'s\sname)?\s(?:is|is\scalled|is\snamed)
              | (?:i'm|i\sam|we're|we\sare|i\s(?:own|run|have)|we\s(?:own|run|have))\san?\s(?:\p{L}+\s){0,2}(?:company|business|firm|shop|store|restaurant|agency|startup|start-up)\s(?:called|named) | (?:i|we)\srepresent
              | company(?:\sname)?\s*: | trabajo\s(?:en|para) | llamo\sde\sparte\sde | je\stravaille\s(?:chez|pour) | (?:j')?appelle\sde\sla\spart\sde
              |(?<weak>(?:i'm|i\sam|we're|we\sare)(?:\sfrom)?)
            )\s(?:the\s(?=\p{Lu})|called\s|named\s)?
            """,
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.IgnorePatternWhitespace
    )]
    private static partial Regex Stated();

    [GeneratedRegex(@"\G,?\s(?:here\s|calling\s|speaking\s)?(?:from|with|at)\s(?:the\s)?", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex BehindName();

    [GeneratedRegex(@"\G(?:[\p{L}\p{N}][\p{L}\p{N}\p{M}]*(?:['\-&.][\p{L}\p{N}]+)*|&|\+)")]
    private static partial Regex Word();

    [GeneratedRegex(@"\G \p{Lu}[\p{L}\d]")]
    private static partial Regex NextIsCapital();

    [GeneratedRegex(
        @"^(?:dr|mr|mrs|ms|miss|doctor|sir|prof|professor|father|pastor|rabbi|aunt|uncle|grandma|grandpa)$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    private static partial Regex Title();

    [GeneratedRegex(
        @"^(?:accounting|accounts|billing|sales|marketing|hr|support|reception|shipping|receiving|purchasing|finance|it|customer|human|head|corporate|covid|ok|upstairs|downstairs|facebook|instagram|whatsapp|google|yelp|mobile|work|school|home)$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    private static partial Regex Department();
}
