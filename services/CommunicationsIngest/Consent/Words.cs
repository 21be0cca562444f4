using System.Text.RegularExpressions;

namespace CommunicationsIngest.Consent;

/// <summary>The words of folded text.</summary>
internal static partial class Words
{
    /// <summary>Letters and digits; an apostrophe inside a word is as if it were not there (don't, dont).</summary>
    public static string[] Of(string folded) => Separators.Split(folded.Replace("'", "", StringComparison.Ordinal)).Where(word => word.Length > 0).ToArray();

    /// <summary>What a phone adds by itself is not the person's word.</summary>
    public static string WithoutSignature(string folded) => Signature.Replace(folded, "");

    /// <summary>Sentences and their parts: what is between full stops, question marks, commas, lines.</summary>
    public static string[] Clauses(string folded) => ClauseEnds.Split(folded);

    [GeneratedRegex(@"[^\p{L}\p{Nd}]+")]
    private static partial Regex Separators { get; }

    [GeneratedRegex(@"\s(?:sent|envoye|enviado) (?:from|de|desde) (?:my|mon|mi) [\w ]{1,30}\.?\s*\z", RegexOptions.NonBacktracking)]
    private static partial Regex Signature { get; }

    [GeneratedRegex(@"[.!?;:,\n\r\u2026\u2013\u2014()]+|\s-+\s", RegexOptions.NonBacktracking)]
    private static partial Regex ClauseEnds { get; }
}
