namespace Contacts.Duplicates;

/// <summary>Two contacts that may be one person, the one with the lower id first: each pair is one row.</summary>
internal readonly record struct PairOfIds(Guid A, Guid B)
{
    public static PairOfIds Of(Guid one, Guid other) => one.CompareTo(other) < 0 ? new(one, other) : new(other, one);
}

internal sealed record FoundPair(PairOfIds Ids, Likeness Likeness);
