using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace CommunicationsIngest.Consent;

/// <summary>
/// Folds text to the plain lower-case letters that it looks like: other widths and styles (NFKC), accents, letters of other scripts that look like Latin ones (the part of
/// Unicode's confusables, UTS #39, that keywords need), small capitals, letters in boxes. What is invisible goes.
/// </summary>
internal static class LookAlikes
{
    private static readonly FrozenDictionary<char, char> Letters = new Dictionary<char, string>
    {
        ['a'] = "аАαΑᴀ",
        ['b'] = "вВβΒʙ",
        ['c'] = "сСᴄ",
        ['d'] = "ԁᴅ",
        ['e'] = "еЕεΕᴇ",
        ['f'] = "ꜰ",
        ['g'] = "ɢ",
        ['h'] = "һНηΗʜ",
        ['i'] = "іІιΙɪı",
        ['j'] = "јЈᴊ",
        ['k'] = "кКκΚᴋ",
        ['l'] = "ʟ",
        ['m'] = "мМΜᴍ",
        ['n'] = "Νɴ",
        ['o'] = "оОοΟᴏøØσ",
        ['p'] = "рРρΡᴘ",
        ['q'] = "ԛ",
        ['r'] = "ʀ",
        ['s'] = "ѕЅꜱ",
        ['t'] = "тТτΤᴛ",
        ['u'] = "υᴜ",
        ['v'] = "νᴠ",
        ['w'] = "ԝᴡ",
        ['x'] = "хХχΧ",
        ['y'] = "уУΥʏ",
        ['z'] = "Ζᴢ",
    }
        .SelectMany(letter => letter.Value.Select(alike => KeyValuePair.Create(alike, letter.Key)))
        .ToFrozenDictionary();

    public static string Fold(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var rune in Normalize(text).EnumerateRunes())
        {
            switch (Rune.GetUnicodeCategory(rune))
            {
                case UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format:
                    break;
                default:
                    folded.Append(Letter(rune));
                    break;
            }
        }
        return folded.ToString();
    }

    private static string Letter(Rune rune) =>
        rune.Value switch
        {
            // Regional indicators, and negative circled and squared capitals.
            >= 0x1F1E6 and <= 0x1F1FF => Latin(rune.Value - 0x1F1E6),
            >= 0x1F150 and <= 0x1F169 => Latin(rune.Value - 0x1F150),
            >= 0x1F170 and <= 0x1F189 => Latin(rune.Value - 0x1F170),
            '’' or '‘' or 'ʼ' or '`' or '´' => "'",
            <= char.MaxValue when Letters.TryGetValue((char)rune.Value, out var latin) => latin.ToString(),
            _ => Rune.ToLowerInvariant(rune).ToString(),
        };

    private static string Latin(int index) => ((char)('a' + index)).ToString();

    private static string Normalize(string text)
    {
        try
        {
            return text.Normalize(NormalizationForm.FormKD);
        }
        catch (ArgumentException)
        {
            // An unpaired surrogate, which no keyword has.
            return text;
        }
    }
}
