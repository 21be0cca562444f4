using System.Text.RegularExpressions;
using Identifiers;
using Messages.CommunicationsIngest;

namespace CommunicationsIngest.Capture;

/// <summary>The person's own email address, typed or spoken. Not the business's, not somebody else's.</summary>
internal static partial class EmailRule
{
    /// <param name="agents">Addresses that the agent gave.</param>
    public static IEnumerable<CapturedDetail> Read(Saying saying, IReadOnlySet<string> agents) =>
        OfPerson(saying, Typed(saying.Text).Concat(SpokenEmail.Read(saying.Text, Asked().IsMatch(saying.Question) || Asked().IsMatch(saying.Text))), agents);

    /// <summary>Also what is an address only if somebody says that it is one.</summary>
    public static IEnumerable<CapturedDetail> Candidates(Saying saying, IReadOnlySet<string> agents) =>
        OfPerson(saying, Typed(saying.Text).Concat(SpokenEmail.Read(saying.Text, isAbout: true)), agents);

    /// <summary>All addresses in a text, whoever's they are.</summary>
    public static IEnumerable<string> FindAll(string text) =>
        Typed(text).Select(found => found.Value).Concat(SpokenEmail.Read(text, isAbout: true).Select(found => found.Value));

    private static IEnumerable<CapturedDetail> OfPerson(
        Saying saying,
        IEnumerable<(string Value, double Confidence, int Start, int End)> addresses,
        IReadOnlySet<string> agents
    )
    {
        foreach (var (value, confidence, start, end) in addresses.DistinctBy(found => found.Value))
        {
            var before = saying.Before(start);
            if (
                !agents.Contains(value)
                && !OtherPeople.AreIn(before)
                && !ToSomebody().IsMatch(before)
                && (Asked().IsMatch(saying.Question) || Own().IsMatch(before) || !Shared().IsMatch(value))
                && !(saying.SentenceAround(start, end).EndsWith('?') && AsksBack().IsMatch(before))
            )
            {
                yield return saying.Detail("email", value, confidence, start, end);
            }
        }
    }

    private static IEnumerable<(string Value, double Confidence, int Start, int End)> Typed(string text)
    {
        foreach (Match match in Written().Matches(text))
        {
            var value = match.Value.Trim('.', '!', '?', '\'', '…', '*', '-');
            if (EmailAddress.TryParse(value, out var email))
            {
                yield return (email.Value, 0.95, match.Index, match.Index + match.Length);
            }
        }
    }

    [GeneratedRegex(@"[^\s@<>()\[\]{},;:""“”/\\]{1,64}@[^\s@<>()\[\]{},;:""“”/\\?=&]{3,190}")]
    private static partial Regex Written();

    [GeneratedRegex(@"\be-?mail|\bcorreo|\bcourriel|\bmail\b|\bwhere (?:can|should) (?:i|we) send", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Asked();

    [GeneratedRegex(
        @"\b(?:my|our|mi|mon)\s(?:\p{L}+\s)?(?:e-?mail|mail|address|correo|courriel)|\b(?:reach|email|write|contact) (?:me|us)\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    private static partial Regex Own();

    [GeneratedRegex(
        @"^(?:info|support|sales|help|helpdesk|contact|admin|billing|service|office|hello|team|no-?reply|donotreply|orders?|postmaster|webmaster|abuse|privacy|jobs|careers|press|reception|booking|bookings|appointments)@"
    )]
    private static partial Regex Shared();

    [GeneratedRegex(
        @"\b(?:wrote|written|emailed|e-mailed|mailed|sent|forward\p{L}*|cc|copied)\b[^.!?\n]{0,40}$|\b(?:got|received|have|had|get) (?:an? |your |the |this )?(?:\p{L}+ )?(?:e-?mail|mail|message|spam)s? from\s*$|\b(?:says?|listed|shows?|unsubscribe)\b[^.!?\n]{0,20}$|\bnot\s*$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    private static partial Regex ToSomebody();

    [GeneratedRegex(@"^\s*(?:is|so|was|are|does|did)\b[^.!?]*$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex AsksBack();
}
