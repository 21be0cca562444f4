using System.Text.RegularExpressions;

namespace CommunicationsIngest.Capture;

/// <summary>
/// Words meant for a machine instead of the person at the other end. Nothing is taken from an utterance that has them, and no model reads it: a first fence only, for the
/// second is that every detail must be found, by rule, in the person's own words, and that there is no field for anything but details.
/// </summary>
internal static partial class Instruction
{
    public static bool IsIn(string text) => Pattern().IsMatch(text);

    [GeneratedRegex(
        """
            \b(?:ignore|disregard|forget|override|bypass|skip)\b[^.!?\n]{0,40}\b(?:instructions?|prompts?|rules|guidelines|directives|(?:everything|anything|all)\s+(?:above|before|prior|previous))
            | \b(?:ignora|olvida|ignore[zr]?|oublie[zr]?)\b[^.!?\n]{0,40}\b(?:instrucciones|instructions|consignes|reglas|règles)
            | (?:^|\n|[.!?>\]]\s)\s*[\[<(#*]*\s*/?(?:system|assistant|developer|tool|user|human|inst)\b\s*(?:prompt|message|override|note)?\s*[\]>):|]
            | </?\s*(?:system|assistant|user|transcript|instructions?|conversation|prompt|data)[^>\n]{0,40}>
            | <\|[a-z_]+\|>
            | \b(?:you\s+are\s+now|act\s+as|pretend\s+(?:to\s+be|you\s+are)|as\s+an?\s+(?:ai|language\s+model)|new\s+instructions?|system\s+prompt|developer\s+mode|jailbreak|prompt\s+injection)\b
            | \b(?:respond|reply|answer|output|return|print|write)\b[^.!?\n]{0,30}\b(?:json|yaml|xml|verbatim|exactly\s+(?:this|the\s+following))
            | \b(?:add|set|remove|delete|clear|apply|assign|put)\b[^.!?\n]{0,30}\b(?:tags?|opt[\s-]?(?:in|out)|consent|do[\s-]not[\s-]call|suppression|custom\s+fields?|verification|confidence)\b
            | \b(?:update|change|edit|delete|merge|overwrite|modify|set)\b[^.!?\n]{0,40}\b(?:contacts?\s+(?:id\s+|number\s+)?\#?\d+|(?:other|another|all|every|this|the)\s+(?:contacts?|records?|customers?|callers?)\b|database|crm|(?:caller|contact|customer)'s\b)
            | "(?:details|field|value|quote|summary|tags|consent|name|email)"\s*:
            | \b(?:summary|summari[sz]e|summari[sz]ation)\s+(?:must|should\s+(?:say|be|read)|is\s*:|as\s*:)
            """,
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.IgnorePatternWhitespace
    )]
    private static partial Regex Pattern();
}
