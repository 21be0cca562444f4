using System.Globalization;
using System.Text;
using Contacts.Cards;

namespace Contacts.Avatars;

/// <summary>What stands for a name on its avatar: one or two letters as a reader of that name's script would choose them.</summary>
internal static class Initials
{
    /// <summary>A letter with its marks is seldom longer; a pile of marks is cut down to the letter.</summary>
    private const int MaxLetter = 12;

    /// <summary>Families joined of several people are the longest in use.</summary>
    private const int MaxEmoji = 32;

    /// <returns>
    /// First letters of the first and the last name; one where there is one word, or where the script writes a syllable or a word in a sign; the emoji of a name that has
    /// no letter; null where there is no name to speak of.
    /// </returns>
    public static string? Of(PersonName name)
    {
        if (name.Full is null)
        {
            return null;
        }
        var words = WordsOf(name.Full);
        if (!words.Any(word => word.EnumerateRunes().Any(Rune.IsLetter)))
        {
            return EmojiOf(name.Full);
        }
        var first = WordsOf(name.First).FirstOrDefault();
        var last = MainWordOf(WordsOf(name.Last));
        if (first is null && last is null)
        {
            (first, last) = (words[0], words.Count > 1 ? words[^1] : null);
        }
        if (first is null || last is null || Script.IsWide(first) || Script.IsWide(last))
        {
            return LetterOf(first ?? last!);
        }
        // Side by side, letters of a cursive script would grow together.
        return LetterOf(first) + (Script.IsCursive(first) ? " " : "") + LetterOf(last);
    }

    /// <summary>Without what stands before the first letter of each: brackets, quotation marks, emoji.</summary>
    private static List<string> WordsOf(string? name) =>
        [
            .. (name ?? "")
                .Normalize(NormalizationForm.FormKC)
                .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
                .Select(word => string.Concat(Elements(word).SkipWhile(element => !Script.IsInitial(Rune.GetRuneAt(element, 0)))))
                .Where(word => word.Length > 0),
        ];

    /// <summary>Particles in lower case are passed over: van der Berg is a B.</summary>
    private static string? MainWordOf(List<string> words) => words.Find(word => !Rune.IsLower(Rune.GetRuneAt(word, 0))) ?? words.FirstOrDefault();

    private static string LetterOf(string word)
    {
        var elements = Elements(word).ToList();
        var letters = string.Concat(elements.Take(elements.FindIndex(element => !Script.GoesOn(element)) + 1));
        var first = Rune.GetRuneAt(word, 0);
        return Script.Upper(first) + (letters.Length is 0 or > MaxLetter ? "" : letters[first.Utf16SequenceLength..]);
    }

    private static string? EmojiOf(string name) =>
        Elements(name)
            .Where(element => Rune.GetUnicodeCategory(Rune.GetRuneAt(element, 0)) == UnicodeCategory.OtherSymbol)
            .Select(element => element.Length > MaxEmoji ? Rune.GetRuneAt(element, 0).ToString() : element)
            .FirstOrDefault();

    /// <summary>What a reader sees as one character each (grapheme clusters, UAX #29).</summary>
    private static IEnumerable<string> Elements(string text)
    {
        for (var index = 0; index < text.Length; )
        {
            var length = StringInfo.GetNextTextElementLength(text, index);
            yield return text.Substring(index, length);
            index += length;
        }
    }
}
