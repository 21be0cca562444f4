using Contacts.Cards;

namespace Contacts.Functions;

/// <summary>
/// The small search of list-contacts, over indexes of this service's own tables: each term becomes a range from the term to the last text that begins with it. (Ranges,
/// because LIKE is not leakproof and so gets no index under row-level security.) Finding in full is the search service's.
/// </summary>
internal sealed record ContactSearch(string? Text, string? TextEnd, string[] Digits, string[] DigitsEnd, string? Reversed, string? ReversedEnd)
{
    /// <summary>Ids of the hits, each branch bounded: beyond that a search is too wide to be of use.</summary>
    public const string Hits = """
        (SELECT id FROM contacts WHERE name_key >= @Text AND name_key < @TextEnd LIMIT 10000)
        UNION ALL
        (SELECT id FROM contacts WHERE last_name_key >= @Text AND last_name_key < @TextEnd LIMIT 10000)
        UNION ALL
        (SELECT contact_id FROM contact_identities WHERE kind = 'email' AND value >= @Text AND value < @TextEnd LIMIT 10000)
        UNION ALL
        (
            SELECT contact_id
            FROM unnest(@Digits, @DigitsEnd) AS digits (first, last)
            JOIN contact_identities ON kind = 'phone' AND value >= first COLLATE "C" AND value < last COLLATE "C"
            LIMIT 10000
        )
        UNION ALL
        (SELECT contact_id FROM contact_identities WHERE reversed >= @Reversed AND reversed < @ReversedEnd LIMIT 10000)
        """;

    /// <summary>The highest character there is: every text that begins with a term comes before term + this, in "C" order.</summary>
    private const string Highest = "\U0010FFFF";

    private const int MinDigits = 3;

    public static ContactSearch Read(string? search)
    {
        var text = SearchKey.Of(search?.Trim());
        var digits = string.Concat((search ?? "").Where(char.IsAsciiDigit));
        var isPhone = digits.Length >= MinDigits && search!.All(character => !char.IsLetter(character));
        // What is typed may lack the country's code, which every stored number has; North America's is the one that people leave out when they search.
        string[] beginnings =
            !isPhone ? []
            : search!.TrimStart().StartsWith('+') ? ["+" + digits]
            : ["+" + digits, "+1" + digits];
        var reversed = isPhone ? string.Concat(digits.Reverse()) : null;
        return new(
            text,
            text is null ? null : text + Highest,
            beginnings,
            [.. beginnings.Select(beginning => beginning + Highest)],
            reversed,
            reversed is null ? null : reversed + Highest
        );
    }
}
