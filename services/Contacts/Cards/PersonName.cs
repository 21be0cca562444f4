namespace Contacts.Cards;

/// <summary>A person's name: the full one as it was given, and its parts.</summary>
internal sealed record PersonName(string? Full, string? First, string? Last)
{
    public static readonly PersonName Unknown = new(null, null, null);

    private static readonly HashSet<string> Titles = Words("mr mrs ms miss mx dr prof sir herr frau");
    private static readonly HashSet<string> Suffixes = Words("jr sr ii iii iv phd md dds esq cpa");
    private static readonly HashSet<string> Particles = Words(
        "van von vom zu zur de da di del della degli der den des du dos das do la le lo ter ten af av al el bin ibn ben san st"
    );

    /// <summary>
    /// Splits a full name: the last word is the last name, with the particles before it (van der Berg) and a suffix after it (Jr.); a single word is a first name;
    /// "Smith, John" is read as it is meant. The full name itself is kept.
    /// </summary>
    public static PersonName FromFull(string? full)
    {
        if (full is null)
        {
            return Unknown;
        }
        var words = full.Split(' ').ToList();
        if (Titles.Contains(Bare(words[0])) && words.Count > 1)
        {
            words.RemoveAt(0);
        }
        var tail = new List<string>();
        while (words.Count > 1 && Suffixes.Contains(Bare(words[^1])))
        {
            tail.Insert(0, words[^1]);
            words.RemoveAt(words.Count - 1);
        }
        var comma = words.FindIndex(word => word.EndsWith(','));
        if (comma >= 0 && comma < words.Count - 1)
        {
            return new(full, Join(words.Skip(comma + 1)), Join([.. words.Take(comma + 1), .. tail]));
        }
        if (words.Count == 1)
        {
            return new(full, Join(words), tail.Count > 0 ? Join(tail) : null);
        }
        var last = words.Count - 1;
        while (last > 1 && Particles.Contains(Bare(words[last - 1])))
        {
            last--;
        }
        return new(full, Join(words.Take(last)), Join([.. words.Skip(last), .. tail]));
    }

    public static PersonName FromParts(string? first, string? last) =>
        (first, last) is (null, null) ? Unknown : new(string.Join(' ', new[] { first, last }.OfType<string>()), first, last);

    private static string Bare(string word) => word.Trim('.', ',').Replace(".", "", StringComparison.Ordinal).ToLowerInvariant();

    private static string Join(IEnumerable<string> words) => string.Join(' ', words.Select(word => word.TrimEnd(',')));

    private static HashSet<string> Words(string words) => [.. words.Split(' ')];
}
