using System.Globalization;
using System.Text;

namespace Contacts.Avatars;

/// <summary>What has to be known of the world's scripts to write initials in them.</summary>
internal static class Script
{
    /// <summary>Han, kana, Hangul, bopomofo: one sign says what takes two letters elsewhere, and fills the room of both.</summary>
    public static bool IsWide(string word) =>
        First(word)
            is (>= 0x1100 and <= 0x11FF)
                or (>= 0x2E80 and <= 0x9FFF)
                or (>= 0xA960 and <= 0xA97F)
                or (>= 0xAC00 and <= 0xD7FF)
                or (>= 0xF900 and <= 0xFAFF)
                or (>= 0x1B000 and <= 0x1B16F)
                or (>= 0x20000 and <= 0x3FFFF);

    /// <summary>Arabic, Syriac, N'Ko, Mandaic: letters change their shape beside others.</summary>
    public static bool IsCursive(string word) => First(word) is (>= 0x0600 and <= 0x077F) or (>= 0x07C0 and <= 0x07FF) or (>= 0x0840 and <= 0x08FF);

    /// <summary>Hebrew, Arabic and the others that are written from right to left.</summary>
    public static bool IsRightToLeft(string word) =>
        First(word)
            is (>= 0x0590 and <= 0x08FF)
                or (>= 0xFB1D and <= 0xFDFF)
                or (>= 0xFE70 and <= 0xFEFF)
                or (>= 0x10800 and <= 0x10FFF)
                or (>= 0x1E800 and <= 0x1EFFF);

    /// <summary>A letter or a digit that a word can be known by; not the vowels that Thai and Lao write before the consonant they follow, nor marks such as the Hawaiian ʻokina.</summary>
    public static bool IsInitial(Rune rune) =>
        rune.Value is not ((>= 0x0E40 and <= 0x0E44) or (>= 0x0EC0 and <= 0x0EC4))
        && Rune.GetUnicodeCategory(rune)
            is UnicodeCategory.UppercaseLetter
                or UnicodeCategory.LowercaseLetter
                or UnicodeCategory.TitlecaseLetter
                or UnicodeCategory.OtherLetter
                or UnicodeCategory.DecimalDigitNumber;

    /// <summary>Ends in a virama: the consonant is written as one with the next (क् and षि as क्षि).</summary>
    public static bool GoesOn(string letter) =>
        letter[^1] is '\u094D' or '\u09CD' or '\u0A4D' or '\u0ACD' or '\u0B4D' or '\u0C4D' or '\u0CCD' or '\u0D4D' or '\u0DCA';

    /// <summary>Georgian keeps its letters: its capitals are for whole words only, and few fonts have them.</summary>
    public static string Upper(Rune rune)
    {
        var upper = Rune.ToUpperInvariant(rune);
        return (upper.Value is >= 0x1C90 and <= 0x1CBF ? rune : upper).ToString();
    }

    private static int First(string word) => Rune.GetRuneAt(word, 0).Value;
}
