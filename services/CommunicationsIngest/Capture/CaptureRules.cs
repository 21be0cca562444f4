using CommunicationsIngest.Transcripts;
using Messages.CommunicationsIngest;

namespace CommunicationsIngest.Capture;

/// <summary>
/// Reads details by rule: the same words give the same details, offline. Only what the person says counts; the agent's words tell what
/// a bare answer answers, and which names and addresses are the business's.
/// </summary>
internal static class CaptureRules
{
    private const int MaxEach = 5;

    /// <param name="country">In whose way phone numbers are read; ISO 3166-1 alpha-2.</param>
    public static Captured Read(IReadOnlyList<Utterance> conversation, string country)
    {
        var (agentNames, agentEmails) = OfAgents(conversation);
        var details = new List<CapturedDetail>();
        Callback? callback = null;
        foreach (var saying in Saying.Of(conversation))
        {
            var names = NameRule.Read(saying, agentNames).ToList();
            details.AddRange(names);
            Spell(saying, details);
            details.AddRange(EmailRule.Read(saying, agentEmails));
            details.AddRange(PhoneRule.Read(saying, country));
            details.AddRange(CompanyRule.Read(saying));
            if (LanguageRule.Read(saying) is { } language)
            {
                details.Add(language);
            }
            callback = CallbackRule.Read(saying) ?? callback;
        }
        return new(Choose(details), callback, SaidAt(conversation));
    }

    /// <summary>One of each, but for addresses and numbers, of which a person has several.</summary>
    public static IReadOnlyList<CapturedDetail> Choose(List<CapturedDetail> details) =>
        [.. BestName(details), .. Best(details, "company"), .. Best(details, "language"), .. Each(details, "email"), .. Each(details, "phone")];

    public static DateTimeOffset SaidAt(IReadOnlyList<Utterance> conversation) =>
        conversation.Where(utterance => utterance.Speaker == Speaker.Person).Select(utterance => utterance.At).DefaultIfEmpty().Max();

    /// <summary>What the agent said of himself: who then says it too is not called so.</summary>
    public static (IReadOnlySet<string> Names, IReadOnlySet<string> Emails) OfAgents(IReadOnlyList<Utterance> conversation)
    {
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var emails = new HashSet<string>(StringComparer.Ordinal);
        foreach (var utterance in conversation.Where(utterance => utterance.Speaker == Speaker.Agent))
        {
            names.UnionWith(NameRule.Read(new(utterance, null), new HashSet<string>()).SelectMany(name => name.Value.Split(' ')));
            emails.UnionWith(EmailRule.FindAll(utterance.Text));
        }
        return (names, emails);
    }

    /// <summary>A spelling corrects the name it is of, in what was said last; where no name was heard, it is the name that was asked for.</summary>
    private static void Spell(Saying saying, List<CapturedDetail> details)
    {
        foreach (var (word, start, end) in SpelledName.Read(saying.Text))
        {
            var heard = details.FindLastIndex(detail =>
                detail.Field is "name" or "first_name" or "last_name" && detail.Value.Split(' ').Any(part => SpelledName.Corrects(word, part))
            );
            if (heard >= 0)
            {
                var parts = details[heard].Value.Split(' ');
                parts[Array.FindLastIndex(parts, part => SpelledName.Corrects(word, part))] = word;
                details[heard] = details[heard] with { Value = string.Join(' ', parts), Confidence = 0.97 };
            }
            else if (NameRule.IsAskedIn(saying.Question))
            {
                details.Add(saying.Detail(NameRule.FieldAskedIn(saying.Question), word, 0.9, start, end));
            }
        }
    }

    /// <summary>One name: the surest, and of names that say the same the longest; a last name said apart completes a first one.</summary>
    private static IEnumerable<CapturedDetail> BestName(List<CapturedDetail> details)
    {
        var name = details
            .Where(detail => detail.Field == "name")
            .Aggregate(
                (CapturedDetail?)null,
                (best, next) => best is null || Completes(next, best) || (next.Confidence >= best.Confidence && !Completes(best, next)) ? next : best
            );
        var first = Best(details, "first_name").FirstOrDefault();
        var last = Best(details, "last_name").FirstOrDefault();
        if (name is null)
        {
            return ((CapturedDetail?[])[first, last]).OfType<CapturedDetail>();
        }
        return last is not null && !name.Value.Contains(' ', StringComparison.Ordinal) && name.Value != last.Value
            ? [name with { Field = "first_name" }, last]
            : [name];
    }

    private static bool Completes(CapturedDetail longer, CapturedDetail shorter) =>
        longer.Value.Length > shorter.Value.Length && shorter.Value.Split(' ').All(longer.Value.Split(' ').Contains);

    private static IEnumerable<CapturedDetail> Best(List<CapturedDetail> details, string field) =>
        details.Where(detail => detail.Field == field).OrderByDescending(detail => detail.Confidence).Take(1);

    private static IEnumerable<CapturedDetail> Each(List<CapturedDetail> details, string field) =>
        details.Where(detail => detail.Field == field).OrderByDescending(detail => detail.Confidence).DistinctBy(detail => detail.Value).Take(MaxEach);
}
