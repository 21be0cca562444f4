using Contacts.Cards;

namespace Contacts.Duplicates;

/// <summary>One reason to think that two contacts are one person.</summary>
public enum EvidenceKind
{
    /// <summary>Two spellings of an email that most likely reach one mailbox (a tag after +, dots at Gmail).</summary>
    SameMailbox,

    /// <summary>Two spellings of a phone that are most likely one line (with and without a former mobile prefix).</summary>
    SameLine,

    /// <summary>Emails that are equal before the @.</summary>
    SimilarEmail,

    /// <summary>Phones with the same last seven digits, or that differ in one digit.</summary>
    SimilarPhone,
    SameName,
    SimilarName,
    SameCompany,
}

/// <param name="Detail">The two values, or the one that both have.</param>
public sealed record DuplicateEvidence(EvidenceKind Kind, string Detail);

/// <summary>
/// How much speaks for two contacts being one person. Each piece of evidence has a weight; together they leave so much doubt as all of them leave: 1 − (1 − w₁)(1 − w₂)… Names that
/// are clearly different take away from it: a family has one mailbox.
/// </summary>
/// <param name="Score">0 to 1, in thousandths.</param>
internal sealed record Likeness(double Score, IReadOnlyList<DuplicateEvidence> Evidence)
{
    /// <summary>Pairs below are not proposed.</summary>
    public const double Threshold = 0.6;

    private const double Same = 0.9;
    private const double SimilarEmail = 0.4;
    private const double SimilarPhone = 0.35;
    private const double Name = 0.45;
    private const double Company = 0.3;
    private const double DifferentNames = 0.7;

    public bool IsEnough => Score >= Threshold;

    /// <param name="proves">Whether a key is rare enough in the workspace to show anything.</param>
    public static Likeness Between(ContactState one, ContactState other, Func<MatchKey, bool> proves)
    {
        var evidence = new List<DuplicateEvidence>();
        var doubt = 1.0;
        var kinds = MatchKey.Of(one).Intersect(MatchKey.Of(other)).Where(proves).Select(key => key.Kind).ToHashSet();
        if (kinds.Count == 0)
        {
            return new(0, []);
        }
        if (kinds.Contains(MatchKind.Mailbox))
        {
            Add(EvidenceKind.SameMailbox, Same, Values(IdentityKinds.Email));
        }
        else if (kinds.Contains(MatchKind.LocalPart))
        {
            Add(EvidenceKind.SimilarEmail, SimilarEmail, Values(IdentityKinds.Email));
        }
        if (kinds.Contains(MatchKind.Line))
        {
            Add(EvidenceKind.SameLine, Same, Values(IdentityKinds.Phone));
        }
        else if (kinds.Contains(MatchKind.Tail) || (kinds.Contains(MatchKind.NameAndPhone) && HaveSimilarPhones(one, other)))
        {
            Add(EvidenceKind.SimilarPhone, SimilarPhone, Values(IdentityKinds.Phone));
        }
        if (evidence.Count == 0 && !kinds.Contains(MatchKind.NameAndCompany))
        {
            return new(0, []);
        }
        var likeness = (FoldedName.Of(one.Name.Full), FoldedName.Of(other.Name.Full)) is ({ } a, { } b) ? a.LikenessTo(b) : (double?)null;
        if (likeness >= FoldedName.Similar)
        {
            Add(likeness == 1 ? EvidenceKind.SameName : EvidenceKind.SimilarName, Name * likeness.Value, Both(one.Name.Full!, other.Name.Full!));
        }
        if (FoldedName.Of(one.Company) is { } company && company == FoldedName.Of(other.Company))
        {
            Add(EvidenceKind.SameCompany, Company, Both(one.Company!, other.Company!));
        }
        return new(Math.Round((1 - doubt) * (likeness < FoldedName.Different ? DifferentNames : 1), 3), evidence);

        void Add(EvidenceKind kind, double weight, string detail)
        {
            doubt *= 1 - weight;
            evidence.Add(new(kind, detail));
        }

        string Values(string kind) => Both(string.Join(", ", MatchKey.OwnValues(one, kind)), string.Join(", ", MatchKey.OwnValues(other, kind)));
    }

    private static string Both(string one, string other) => one == other ? one : $"{one} | {other}";

    private static bool HaveSimilarPhones(ContactState one, ContactState other) =>
        MatchKey
            .OwnValues(one, IdentityKinds.Phone)
            .Any(phone => MatchKey.OwnValues(other, IdentityKinds.Phone).Any(theirs => DifferInOneDigit(phone, theirs)));

    private static bool DifferInOneDigit(string one, string other) =>
        one.Length == other.Length && one.Zip(other).Count(pair => pair.First != pair.Second) == 1;
}
