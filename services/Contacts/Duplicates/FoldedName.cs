using System.Globalization;
using System.Text;
using F23.StringSimilarity;

namespace Contacts.Duplicates;

/// <summary>A name as it is compared: letters and digits without case, accents and punctuation.</summary>
/// <param name="Text">Its words in their order.</param>
internal sealed record FoldedName(string Text)
{
    /// <summary>Below this, two names are those of two people.</summary>
    public const double Different = 0.75;

    /// <summary>From this on, two names may be those of one.</summary>
    public const double Similar = 0.85;

    private const double Initial = 0.92;
    private const double FirstNameOnly = 0.86;

    private static readonly JaroWinkler Library = new();

    private string[] Words => Text.Split(' ');

    /// <summary>Whether it has a first and a last name: one word alone is too common.</summary>
    public bool IsFull => Text.Contains(' ', StringComparison.Ordinal);

    /// <summary>Its words in the order of the alphabet: "Smith, John" is "John Smith".</summary>
    public string Sorted => string.Join(' ', Words.Order(StringComparer.Ordinal));

    public static FoldedName? Of(string? text)
    {
        if (text is null)
        {
            return null;
        }
        var folded = new StringBuilder(text.Length);
        foreach (var character in text.Normalize(NormalizationForm.FormKD))
        {
            if (char.IsLetterOrDigit(character))
            {
                folded.Append(char.ToLowerInvariant(character));
            }
            else if (char.GetUnicodeCategory(character) != UnicodeCategory.NonSpacingMark && character is not ('\'' or '’' or '.'))
            {
                folded.Append(' ');
            }
        }
        var words = folded.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words.Length == 0 ? null : new(string.Join(' ', words));
    }

    /// <returns>0 to 1; 1 where they are the same words.</returns>
    public double LikenessTo(FoldedName other)
    {
        if (Sorted == other.Sorted)
        {
            return 1;
        }
        var (one, two) = (Words, other.Words);
        if (one.Length != two.Length && (one.Length == 1 || two.Length == 1) && one[0] == two[0])
        {
            return FirstNameOnly;
        }
        var isInitial = one.Length > 1 && two.Length > 1 && one[^1] == two[^1] && one[0][0] == two[0][0] && (one[0].Length == 1 || two[0].Length == 1);
        return isInitial ? Initial : Math.Min(0.99, Library.Similarity(Sorted, other.Sorted));
    }
}
