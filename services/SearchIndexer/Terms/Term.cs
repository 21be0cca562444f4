namespace SearchIndexer.Terms;

/// <summary>One thing that a contact must have to be found.</summary>
internal abstract record Term;

/// <summary>A word of the name, email, company or notes begins so.</summary>
internal sealed record WordTerm(string Prefix) : Term;

/// <summary>
/// A phone begins with these digits (with or without its country code) or, from <see cref="MinSuffix"/> digits on, ends with them; or, because a number may also be part of a
/// company's name or a date in a note, all of <paramref name="Words"/> are found as words.
/// </summary>
internal sealed record NumberTerm(string Digits, IReadOnlyList<string> Words) : Term
{
    public const int MinSuffix = 3;
}
