using System.Collections.Frozen;
using Messages.CommunicationsIngest;

namespace CommunicationsIngest.Consent;

/// <summary>
/// Reads what a person's own words say of being contacted. Keywords stand alone in the message, in any case, with whatever punctuation around them; the sets are the carriers'
/// (CTIA, Twilio's default) and the FCC's (47 CFR 64.1200(a)(10): revoke, opt out). A sentence that asks us to stop is a refusal as well ("any reasonable means"), an inferred
/// one. No sentence is ever a consent: only a keyword in a text is.
/// </summary>
internal static class ConsentWords
{
    private const int MaxQuote = 500;

    /// <summary>A keyword is short; so is what surrounds it (a signature, some emoji).</summary>
    private const int MaxKeywordText = 200;

    private static readonly FrozenDictionary<string, ConsentWordKind> Keywords = new Dictionary<string, ConsentWordKind>
    {
        ["stop"] = ConsentWordKind.OptOut,
        ["stopall"] = ConsentWordKind.OptOut,
        ["unsubscribe"] = ConsentWordKind.OptOut,
        ["cancel"] = ConsentWordKind.OptOut,
        ["end"] = ConsentWordKind.OptOut,
        ["quit"] = ConsentWordKind.OptOut,
        ["revoke"] = ConsentWordKind.OptOut,
        ["optout"] = ConsentWordKind.OptOut,
        ["start"] = ConsentWordKind.OptIn,
        ["unstop"] = ConsentWordKind.OptIn,
        ["yes"] = ConsentWordKind.OptInIfOptedOut,
        ["help"] = ConsentWordKind.Help,
        ["info"] = ConsentWordKind.Help,
    }.ToFrozenDictionary();

    /// <summary>Alone in a chat message these mean what they mean in a text; cancel, end, yes, help are answers to the agent's question there.</summary>
    private static readonly FrozenSet<string> ChatKeywords = FrozenSet.Create("stop", "stopall", "unsubscribe", "optout", "start", "unstop");

    /// <param name="text">One message, or what the person said at a time; never an agent's words.</param>
    /// <param name="channel">Keywords are a matter of texts; aloud, "stop" is just a word.</param>
    /// <returns>Null: nothing about being contacted.</returns>
    public static ConsentWord? Read(string text, Channel channel)
    {
        if (channel != Channel.Call && ReadKeyword(text) is { } keyword && (channel == Channel.Text || ChatKeywords.Contains(keyword)))
        {
            return new(Keywords[keyword], Coverage.Messages, false, Quote(text));
        }
        return OptOutWording.Read(text) is { } covers ? new(ConsentWordKind.OptOut, covers, true, Quote(text)) : null;
    }

    private static string? ReadKeyword(string text)
    {
        if (text.Length > MaxKeywordText)
        {
            return null;
        }
        // A digit among letters stands for the letter that it looks like.
        var words = Words.Of(Words.WithoutSignature(LookAlikes.Fold(text)).Replace('0', 'o'));
        var isOneWord = words.Length == 1 || words.Distinct().Count() == 1 || words.All(word => word.Length == 1);
        var keyword = isOneWord && words.Length > 0 && words[0].Length > 1 ? words[0] : string.Concat(words);
        return (isOneWord || keyword is "stopall" or "optout") && Keywords.ContainsKey(keyword) ? keyword : null;
    }

    public static string Quote(string text)
    {
        var trimmed = text.Trim();
        return trimmed.Length <= MaxQuote ? trimmed : trimmed[..(char.IsHighSurrogate(trimmed[MaxQuote - 1]) ? MaxQuote - 1 : MaxQuote)];
    }
}
