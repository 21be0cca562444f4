using System.Collections.Frozen;
using System.Text.RegularExpressions;
using Identifiers;

namespace CommunicationsIngest.Capture;

/// <summary>An email address as people say it and speech recognition writes it: "john dot smith at acme dot com", "j d o e four two at gmail".</summary>
internal static partial class SpokenEmail
{
    private static readonly FrozenDictionary<string, char> Signs = new Dictionary<string, char>(StringComparer.OrdinalIgnoreCase)
    {
        ["dot"] = '.',
        ["period"] = '.',
        ["point"] = '.',
        ["punto"] = '.',
        ["underscore"] = '_',
        ["dash"] = '-',
        ["hyphen"] = '-',
        ["tiret"] = '-',
        ["guion"] = '-',
        ["guión"] = '-',
        ["plus"] = '+',
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> Providers = (
        (string[])["gmail", "yahoo", "hotmail", "outlook", "icloud", "aol", "protonmail", "live", "msn"]
    ).ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Endings that people say. A list, because "at noon dot I" must not become an address.</summary>
    private static readonly FrozenSet<string> Endings = (
        (string[])
            [
                .. "com net org edu gov io co uk ca us de fr es it nl au nz info biz me mx br ar cl pe ch at be ie in jp cn se no dk fi pl pt eu dev app ai tv pro law dental health tech example".Split(
                    ' '
                ),
            ]
    ).ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <param name="isAbout">The talk is of email addresses: then any word may stand before the at.</param>
    public static IEnumerable<(string Value, double Confidence, int Start, int End)> Read(string text, bool isAbout)
    {
        var words = SpokenWord.Split(text);
        for (var at = 1; at < words.Count - 1; at++)
        {
            if (
                IsAt(words[at].Text)
                && ReadDomain(words, at + 1) is { } domain
                && ReadLocal(text, words, at - 1, isAbout || domain.IsProvider) is { } local
                && EmailAddress.TryParse($"{local.Text}@{domain.Text}", out var email)
            )
            {
                yield return (email.Value, local.IsJoined ? 0.6 : 0.8, words[local.First].Start, words[domain.Last].End);
            }
        }
    }

    private static bool IsAt(string word) =>
        word == "@"
        || word.Equals("at", StringComparison.OrdinalIgnoreCase)
        || word.Equals("arroba", StringComparison.OrdinalIgnoreCase)
        || word.StartsWith("arobas", StringComparison.OrdinalIgnoreCase);

    private static (string Text, int Last, bool IsProvider)? ReadDomain(List<SpokenWord> words, int first)
    {
        var text = "";
        var i = first;
        while (i < words.Count && !Signs.ContainsKey(words[i].Text) && !IsAt(words[i].Text))
        {
            text += words[i].Text;
            var isLetter = words[i].Text.Length == 1;
            while (isLetter && i + 1 < words.Count && words[i + 1].Text.Length == 1 && words[i + 1].Text != "@")
            {
                text += words[++i].Text;
            }
            if (i + 2 < words.Count && Signs.TryGetValue(words[i + 1].Text, out var sign) && sign is '.' or '-' && (sign == '-' || IsLabel(words[i + 2].Text)))
            {
                text += sign;
                i += 2;
                continue;
            }
            break;
        }
        var isProvider = Providers.Contains(text.Split('.')[0]);
        if (Providers.Contains(text))
        {
            return ($"{text}.com", i, true);
        }
        return text.LastIndexOf('.') is > 0 and var dot && Endings.Contains(text[(dot + 1)..]) ? (text, i, isProvider) : null;
    }

    private static bool IsLabel(string word) => !word.Contains('\'', StringComparison.Ordinal);

    private static (string Text, int First, bool IsJoined)? ReadLocal(string text, List<SpokenWord> words, int last, bool isAbout)
    {
        var local = "";
        var i = last;
        var (hasSign, hasWord) = (false, false);
        for (; i >= 0; i--)
        {
            var word = words[i].Text;
            if (Signs.TryGetValue(word, out var sign))
            {
                if (local.Length == 0 || !char.IsLetterOrDigit(local[0]) || i == 0)
                {
                    break;
                }
                local = sign + local;
                (hasSign, hasWord) = (true, false);
            }
            else if (words[i].AsDigits is { } digits && (word.Length > 1 || char.IsAsciiDigit(word[0])) && !hasWord)
            {
                local = digits + local;
            }
            else if (word.Length == 1 && char.IsLetter(word[0]) && !hasWord)
            {
                local = word + local;
            }
            else if (
                !hasWord
                && !IsAt(word)
                && !word.Contains('\'', StringComparison.Ordinal)
                && !(local.Length > 0 && char.IsLetterOrDigit(local[0]) && WordList.NotNames.Contains(word))
            )
            {
                // Several spelled letters are a word of their own.
                if (local.Length > 0 && char.IsLetter(local[0]) && !hasSign)
                {
                    break;
                }
                local = word + local;
                (hasWord, hasSign) = (true, hasSign || word.IndexOfAny(['.', '_', '-', '+']) > 0);
            }
            else
            {
                break;
            }
        }
        var first = i + 1;
        if (local.Length == 0 || !char.IsLetterOrDigit(local[0]))
        {
            return null;
        }
        var isJoined = false;
        // "My email is peter parker at …": what stands between is of the address.
        if (words[last + 1].Text != "@" && Introduction().Matches(text[..words[first].Start]) is { Count: > 0 } introductions)
        {
            var begin = introductions[^1].Index + introductions[^1].Length;
            var between = words.FindIndex(word => word.Start >= begin);
            if (first - between is 1 or 2 && words[between..first].All(word => word.Text.All(char.IsLetterOrDigit) && !WordList.NotNames.Contains(word.Text)))
            {
                local = string.Concat(words[between..first].Select(word => word.Text)) + local;
                (first, isJoined) = (between, true);
            }
        }
        // A year or an age behind words that are no part of an address.
        if (local.Length < 5 && local.All(char.IsAsciiDigit))
        {
            return null;
        }
        var isSure = isAbout || hasSign || local.Any(char.IsAsciiDigit);
        return isSure && !(WordList.NotNames.Contains(local) && !WordList.AmbiguousNames.Contains(local) && !WordList.GivenNames.Contains(local))
            ? (local, first, isJoined)
            : null;
    }

    [GeneratedRegex(
        @"\b(?:e-?mail(?:\saddress)?|address|correo|courriel)\s(?:is|es|est)\s|\bit's\s|\bit\sis\s|^\s*(?:(?:sure|yes|ok|okay),?\s)?",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    private static partial Regex Introduction();
}
