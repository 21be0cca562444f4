using System.Text.RegularExpressions;
using Identifiers;
using Messages.CommunicationsIngest;

namespace CommunicationsIngest.Capture;

/// <summary>
/// Verifies what a model says it read: it must be in the person's own words, of the person himself, by the rules' own measure, and be a value that the field can have. What a
/// transcript talked a model into is not there, or is in an utterance that no rule reads.
/// </summary>
internal sealed partial class Evidence
{
    private const int MaxLength = 200;
    private const double Confidence = 0.8;

    private readonly List<Saying> _sayings;
    private readonly string _country;
    private readonly IReadOnlySet<string> _agentNames;
    private readonly IReadOnlySet<string> _agentEmails;

    public Evidence(IReadOnlyList<Utterance> conversation, string country)
    {
        _sayings = [.. Saying.Of(conversation)];
        _country = country;
        (_agentNames, _agentEmails) = CaptureRules.OfAgents(conversation);
    }

    /// <param name="quote">The words that the model took it from.</param>
    /// <returns>Null where nothing of the kind was said.</returns>
    public CapturedDetail? Verify(string field, string value, string quote)
    {
        value = value.Trim();
        if (value.Length is 0 or > MaxLength || !Utf16.IsWellFormed(value) || value.Any(char.IsControl) || Find(quote) is not { } saying)
        {
            return null;
        }
        return field switch
        {
            "name" or "first_name" or "last_name" => Name(saying, field, value),
            "email" => EmailRule.Candidates(saying, _agentEmails).FirstOrDefault(detail => detail.Value == Normalized(value)),
            "phone" => PhoneRule
                .Candidates(saying, _country)
                .FirstOrDefault(detail => PhoneNumber.TryParse(value, _country, out var number) && detail.Value == number.E164),
            "company" => Company(saying, value),
            "language" => LanguageRule.Read(saying) is { } detail && detail.Value == value ? detail : null,
            _ => null,
        };
    }

    public Callback? VerifyCallback(string words, string quote) =>
        Find(quote) is { } saying
        && CallbackTime.Find(words) is { } time
        && CallbackRule.Read(saying) is { } callback
        && callback.Words.Contains(time.Words, StringComparison.OrdinalIgnoreCase)
            ? callback
            : null;

    /// <summary>The utterance of the person that has these words, capitals and spaces aside.</summary>
    private Saying? Find(string quote)
    {
        var wanted = Normalize(quote);
        return wanted.Length == 0 ? null : _sayings.LastOrDefault(saying => Normalize(saying.Text).Contains(wanted, StringComparison.OrdinalIgnoreCase));
    }

    private CapturedDetail? Name(Saying saying, string field, string value)
    {
        var words = value.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (!NameInText.IsPlausible(value) || _agentNames.Contains(words[0]))
        {
            return null;
        }
        var spelled = SpelledName.Read(saying.Text).Select(found => found.Word).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var places = words.Where(word => !spelled.Contains(word)).Select(word => Whole(saying.Text, word)).ToList();
        if (places.Any(place => place is null))
        {
            return null;
        }
        // A name that was only spelled has no place of its own: then it must have been asked for.
        var (start, end) = places.Count > 0 ? (places[0]!.Index, places[^1]!.Index + places[^1]!.Length) : (0, saying.Text.Length);
        return end >= start && NameRule.Gives(saying, start, end) && (places.Count == 0 || !IsOfOthers(saying, places[0]!))
            ? saying.Detail(field, string.Join(' ', words), Confidence, start, end)
            : null;
    }

    private static CapturedDetail? Company(Saying saying, string value)
    {
        return
            Whole(saying.Text, value) is { } place
            && !IsOfOthers(saying, place)
            && Belonging().IsMatch(saying.Before(place.Index))
            && !WordList.Places.Contains(value)
            && !WordList.NotNames.Contains(value)
            ? saying.Detail("company", place.Value, Confidence, place.Index, place.Index + place.Length)
            : null;
    }

    private static bool IsOfOthers(Saying saying, Match place) =>
        OtherPeople.AreIn(saying.Before(place.Index))
        || Denied().IsMatch(saying.Before(place.Index))
        || saying.Text[(place.Index + place.Length)..].StartsWith("'s", StringComparison.OrdinalIgnoreCase);

    private static Match? Whole(string text, string words) =>
        Regex.Match(text, $@"(?<![\p{{L}}\p{{N}}]){Regex.Escape(words)}(?![\p{{L}}\p{{N}}])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)
            is { Success: true } match
            ? match
            : null;

    private static string Normalized(string email) => EmailAddress.TryParse(email, out var address) ? address.Value : "";

    private static string Normalize(string text) => Spaces().Replace(text.Replace('’', '\''), " ").Trim(' ', '"', '\'', '.', '…');

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    [GeneratedRegex(@"\b(?:not|isn't)\s*$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Denied();

    [GeneratedRegex(
        @"\b(?:work(?:ing|s)?|company|business|firm|calling|represent|behalf|own|run|here|this is|we are|we're|i'm|i am|trabajo|empresa|travaille|société)\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    private static partial Regex Belonging();
}
