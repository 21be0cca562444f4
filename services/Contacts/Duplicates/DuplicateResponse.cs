using Contacts.Cards;

namespace Contacts.Duplicates;

/// <summary>Two contacts that may be one person.</summary>
public sealed record DuplicateResponse
{
    /// <summary>UUIDv7.</summary>
    public required Guid Id { get; init; }

    /// <summary>How much speaks for it, 0.6 to 1: pairs below are not proposed. Each piece of evidence has a weight w, and the score is 1 − (1 − w₁)(1 − w₂)…, times 0.7 where
    /// the names are clearly different. Same mailbox or line: 0.9; same name 0.45 (a similar one less); similar email 0.4; similar phone 0.35; same company 0.3.</summary>
    /// <example>0.945</example>
    public required double Score { get; init; }
    public required IReadOnlyList<DuplicateEvidence> Evidence { get; init; }
    public required DuplicateStatus Status { get; init; }
    public required DateTimeOffset FoundAt { get; init; }

    /// <summary>Both, the older one first. Of a merged pair only the one that is still there.</summary>
    public required IReadOnlyList<ContactResponse> Contacts { get; init; }
}

public enum DuplicateStatus
{
    Open,

    /// <summary>Somebody said that they are two people: stays so, whatever is found again.</summary>
    Dismissed,

    /// <summary>They are one contact now.</summary>
    Merged,
}
