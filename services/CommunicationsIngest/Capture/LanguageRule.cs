using System.Text.RegularExpressions;
using Messages.CommunicationsIngest;

namespace CommunicationsIngest.Capture;

/// <summary>The language the person asks for, or clearly writes in where that is not English. BCP 47.</summary>
internal static partial class LanguageRule
{
    private const int MinWords = 5;
    private const double MinShare = 0.3;

    private static readonly Dictionary<string, string> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        ["english"] = "en",
        ["inglés"] = "en",
        ["anglais"] = "en",
        ["spanish"] = "es",
        ["español"] = "es",
        ["espanol"] = "es",
        ["castellano"] = "es",
        ["french"] = "fr",
        ["français"] = "fr",
        ["francais"] = "fr",
        ["german"] = "de",
        ["deutsch"] = "de",
        ["italian"] = "it",
        ["italiano"] = "it",
        ["portuguese"] = "pt",
        ["português"] = "pt",
        ["mandarin"] = "zh",
        ["cantonese"] = "yue",
        ["chinese"] = "zh",
        ["japanese"] = "ja",
        ["korean"] = "ko",
        ["punjabi"] = "pa",
        ["hindi"] = "hi",
        ["arabic"] = "ar",
        ["russian"] = "ru",
        ["ukrainian"] = "uk",
        ["vietnamese"] = "vi",
        ["tagalog"] = "tl",
        ["polish"] = "pl",
        ["farsi"] = "fa",
    };

    /// <summary>Frequent small words that the others do not share. Two or more different ones, and a good part of all words, make a language clear.</summary>
    private static readonly (string Language, HashSet<string> Words)[] SmallWords =
    [
        (
            "es",
            [
                .. "hola el los las un una que y en por para con mi su es soy está estoy tengo quiero quisiera puede pueden gracias buenos buenas días tardes cita mañana cuando cuándo dónde necesito favor usted me llamo al del sobre pedido semana como cómo hay muy pero si sí no lo se le ya hora abierto hasta mañana también".Split(
                    ' '
                ),
            ]
        ),
        (
            "fr",
            [
                .. "bonjour bonsoir salut le la les un une des du et est je j'ai j'aimerais vous nous pour avec dans sur au aux que qui ne pas mon ma mes votre vos notre c'est suis voudrais pouvez merci rendez-vous prendre demain semaine prochaine quelle quel heure ici sujet oui mais très bien ce cette à il elle on en s'il plaît".Split(
                    ' '
                ),
            ]
        ),
        (
            "de",
            [
                .. "hallo guten tag morgen ich bin ist und der die das ein eine einen nicht mit für von zu haben habe hätte möchte können kann termin bitte danke wann wie wir sie mein meine auf auch noch im am um uhr gerne es".Split(
                    ' '
                ),
            ]
        ),
        (
            "it",
            [
                .. "ciao buongiorno buonasera il gli un una che e di per con non sono vorrei posso appuntamento grazie domani quando dove mi mio mia è della alla nel anche ho avete questo".Split(
                    ' '
                ),
            ]
        ),
        (
            "pt",
            [
                .. "olá oi bom boa dia tarde o os um uma que e de do da em para com não sou estou quero gostaria posso obrigado obrigada amanhã quando onde meu minha você é tem uma consulta horário por favor".Split(
                    ' '
                ),
            ]
        ),
        (
            "en",
            [
                .. "the a an and is are am i you my your to of in for on it this that with can could would have has do does not we me at was will be please hi hello thanks if so but what when where how there they he she".Split(
                    ' '
                ),
            ]
        ),
    ];

    public static CapturedDetail? Read(Saying saying)
    {
        if (Requested().Match(saying.Text) is { Success: true } match && Names.TryGetValue(match.Groups["language"].Value, out var requested))
        {
            return saying.Detail("language", requested, 0.9, match.Index, match.Index + match.Length);
        }
        return (OfScript(saying.Text) ?? OfSmallWords(saying.Text)) is { } written and not "en"
            ? saying.Detail("language", written, 0.75, 0, saying.Text.Length)
            : null;
    }

    private static string? OfScript(string text)
    {
        int han = 0,
            kana = 0,
            hangul = 0,
            hebrew = 0,
            arabic = 0,
            greek = 0,
            thai = 0,
            letters = 0;
        foreach (var c in text.Where(char.IsLetter))
        {
            letters++;
            _ = c switch
            {
                >= '\u3040' and <= '\u30ff' => kana++,
                >= '\u4e00' and <= '\u9fff' => han++,
                >= '\uac00' and <= '\ud7af' => hangul++,
                >= '\u0590' and <= '\u05ff' => hebrew++,
                // Persian and Urdu have letters of their own.
                'پ' or 'چ' or 'ژ' or 'گ' or 'ک' or 'ی' or 'ٹ' or 'ے' => arabic -= 100,
                >= '\u0600' and <= '\u06ff' => arabic++,
                >= '\u0370' and <= '\u03ff' => greek++,
                >= '\u0e00' and <= '\u0e7f' => thai++,
                _ => 0,
            };
        }
        var most = Math.Max(5, letters * 6 / 10);
        return kana > 2 && kana + han >= most ? "ja"
            : kana == 0 && han >= most ? "zh"
            : hangul >= most ? "ko"
            : hebrew >= most ? "he"
            : arabic >= most ? "ar"
            : greek >= most ? "el"
            : thai >= most ? "th"
            : null;
    }

    private static string? OfSmallWords(string text)
    {
        var words = Words().Matches(text.ToLowerInvariant()).Select(match => match.Value).ToList();
        if (words.Count < MinWords)
        {
            return null;
        }
        var counts = SmallWords
            .Select(language =>
                (language.Language, Count: words.Count(language.Words.Contains), Kinds: words.Where(language.Words.Contains).Distinct().Count())
            )
            .OrderByDescending(count => count.Count)
            .ToList();
        var (first, second) = (counts[0], counts[1]);
        return first.Kinds >= 3 && first.Count >= words.Count * MinShare && first.Count >= second.Count * 1.5 ? first.Language : null;
    }

    private const string LanguageNames =
        "english|inglés|anglais|spanish|español|espanol|castellano|french|français|francais|german|deutsch|italian|italiano|portuguese|português|mandarin|cantonese|chinese|japanese|korean|punjabi|hindi|arabic|russian|ukrainian|vietnamese|tagalog|polish|farsi";

    [GeneratedRegex(
        @"\b(?:(?:do|does|can) (?:you|anyone|anybody|someone|somebody)(?: there)? speak|(?:anyone|anybody|someone|somebody)(?: there)? (?:who|that) (?:can )?speaks?) (?<language>"
            + LanguageNames
            + @")\b|\b(?:i|we) (?:only |prefer to |would rather |mostly )?speak (?:only )?(?<language>"
            + LanguageNames
            + @")\b|\b(?:i(?:'d)? |we )?(?:would )?prefer (?<language>"
            + LanguageNames
            + @")\b|\b(?:in|en) (?<language>"
            + LanguageNames
            + @"),?\s(?:please|por favor|s'il (?:vous|te) pla[iî]t|bitte)|^\s*(?<language>"
            + LanguageNames
            + @"),? (?:please|por favor|s'il)|\bhablan? (?:usted |alguien )?(?<language>español|inglés)|\bparle[zr]?(?:-vous| vous| en)? ?(?<language>français|anglais|espagnol)|\b(?:speak|talk|continue|switch|reply|answer|write)(?: to me)? (?:in|to) (?<language>"
            + LanguageNames
            + @")\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    private static partial Regex Requested();

    [GeneratedRegex(@"[\p{L}\p{M}]+(?:['\-][\p{L}\p{M}]+)*")]
    private static partial Regex Words();
}
