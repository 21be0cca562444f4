using System.Text.RegularExpressions;
using Messages.CommunicationsIngest;

namespace CommunicationsIngest.Capture;

/// <summary>"My name is …", "this is …", "… speaking", a signature, an answer to the question for the name; English, Spanish, French and a few more.</summary>
internal static partial class NameRule
{
    private const int MaxHesitation = 15;
    private const int MaxLeadIn = 60;

    /// <param name="agents">Names that the agent gave as his own: who thanks "Dana" is not Dana.</param>
    public static IEnumerable<CapturedDetail> Read(Saying saying, IReadOnlySet<string> agents)
    {
        foreach (Match match in Stated().Matches(saying.Text))
        {
            if (NameInText.ReadAt(saying, match.Index + match.Length, isExpected: true) is { NamesBusiness: false } name)
            {
                yield return Detail(saying, FieldOf(match.Groups["part"].Value), name, 0.95);
            }
        }
        foreach (var (name, confidence) in Introductions(saying).Concat(Signatures(saying, agents)))
        {
            yield return Detail(saying, "name", name, confidence);
        }
        if (Confirmed().IsMatch(saying.Text) && Addressed().Match(saying.Question) is { Success: true } addressed)
        {
            var question = new Saying(new(saying.Id, Transcripts.Speaker.Agent, saying.Question, saying.At), null);
            if (NameInText.ReadAt(question, addressed.Index + addressed.Length, isExpected: true) is { NamesBusiness: false } name)
            {
                yield return saying.Detail(name is { HasTitle: true, Words.Count: 1 } ? "last_name" : "name", name.Value, 0.7, 0, 0);
            }
        }
        if (Asked().Match(saying.Question) is { Success: true } asked && ReadAnswer(saying) is { NamesBusiness: false } answer)
        {
            var field = FieldOf(PartAsked().Match(saying.Question, asked.Index).Value);
            yield return Detail(saying, field == "last_name" && answer.Words.Count > 1 && answer.IsEvident ? "name" : field, answer, 0.9);
        }
    }

    /// <summary>Whether the agent has just asked for the name.</summary>
    public static bool IsAskedIn(string question) => Asked().IsMatch(question) || Spell().IsMatch(question);

    /// <summary>Whether the words right around this place give it as the person's own name, whatever it is.</summary>
    public static bool Gives(Saying saying, int start, int end) =>
        Stated().Matches(saying.Text).Concat(Introduced().Matches(saying.Text)).Any(match => start - (match.Index + match.Length) is >= 0 and <= MaxHesitation)
        || (Signature().Match(saying.Text) is { Success: true } signature && signature.Groups["name"].Index == start)
        || Spoken().IsMatch(saying.Text, end)
        || (IsAskedIn(saying.Question) && start <= MaxLeadIn);

    /// <summary>The field that the agent asked for.</summary>
    public static string FieldAskedIn(string question) => FieldOf(PartAsked().Match(question).Value);

    /// <summary>Position behind the name in "this is … from"; for the company that follows.</summary>
    public static IEnumerable<int> EndsOfNames(Saying saying)
    {
        foreach (Match match in Stated().Matches(saying.Text))
        {
            if (NameInText.ReadAt(saying, match.Index + match.Length, isExpected: true) is { } name)
            {
                yield return name.End;
            }
        }
        foreach (var (name, _) in Introductions(saying))
        {
            yield return name.End;
        }
    }

    private static IEnumerable<(NameInText Name, double Confidence)> Introductions(Saying saying)
    {
        foreach (Match match in Introduced().Matches(saying.Text))
        {
            var end = match.Index + match.Length;
            if (NameInText.ReadAt(saying, end, isExpected: false) is not { NamesBusiness: false } name || (name.Start > end + 1 && !name.HasTitle))
            {
                continue;
            }
            var isVague = match.Groups["vague"].Success;
            var follows = saying.Text[name.End..];
            if (name.IsEvident)
            {
                var isGreeted = Greeted().IsMatch(saying.Text[..match.Index]);
                if (!(isVague && name.IsAmbiguous && !isGreeted) && !(name.IsAmbiguous && !Boundary().IsMatch(follows)))
                {
                    yield return (name, isVague ? 0.75 : 0.85);
                }
            }
            else if (saying.IsCased && IntroducesCompany().IsMatch(follows) && !isVague)
            {
                yield return (name, 0.75);
            }
            else if (match.Groups["self"].Success && saying.IsCased && Boundary().IsMatch(follows) && !Adjective().IsMatch(name.Value))
            {
                yield return (name, 0.6);
            }
        }
        foreach (Match match in Here().Matches(saying.Text))
        {
            var group = match.Groups["name"];
            if (
                NameInText.ReadAt(saying, group.Index, isExpected: false) is { NamesBusiness: false, IsEvident: true } name
                && name.End == group.Index + group.Length
            )
            {
                yield return (name, 0.85);
            }
        }
    }

    private static IEnumerable<(NameInText Name, double Confidence)> Signatures(Saying saying, IReadOnlySet<string> agents)
    {
        if (
            Signature().Match(saying.Text) is { Success: true } match
            && NameInText.ReadAt(saying, match.Groups["name"].Index, isExpected: false) is { NamesBusiness: false } name
            && (name.IsEvident || (match.Groups["closing"].Success && match.Groups["dash"].Success && name.Words.Count > 1))
            && name.End == match.Groups["name"].Index + match.Groups["name"].Length
            // "Thanks, Dana" may well be said to Dana.
            && (name.Words.Count > 1 || match.Groups["dash"].Success)
            && !agents.Contains(name.Words[0])
        )
        {
            yield return (name, 0.75);
        }
    }

    private static NameInText? ReadAnswer(Saying saying)
    {
        var leadIn = LeadIn().Match(saying.Text);
        if (NameInText.ReadAt(saying, leadIn.Length, isExpected: true) is { } name && AnswerEnds().IsMatch(saying.Text[name.End..]))
        {
            // "Gwen. Gwen Stafford."
            return Apart(saying).FirstOrDefault(longer => longer.Words.Count > name.Words.Count && longer.Words[0] == name.Words[0]) ?? name;
        }
        // Beside something else: "88213, Hannah Weiss".
        return Apart(saying).FirstOrDefault();
    }

    /// <summary>Evident names that have a place between commas or full stops for themselves.</summary>
    private static IEnumerable<NameInText> Apart(Saying saying) =>
        from part in Parts().Matches(saying.Text)
        let name = NameInText.ReadAt(saying, part.Index, isExpected: false)
        where name is { IsEvident: true } && name.End >= part.Index + part.Value.TrimEnd().Length
        select name;

    private static CapturedDetail Detail(Saying saying, string field, NameInText name, double confidence) =>
        saying.Detail(field == "name" && name is { HasTitle: true, Words.Count: 1 } ? "last_name" : field, name.Value, confidence, name.Start, name.End);

    private static string FieldOf(string part) =>
        part.Trim().ToLowerInvariant() switch
        {
            "first" or "given" => "first_name",
            "last" or "sur" or "family" or "apellido" or "nom de famille" or "surname" => "last_name",
            _ => "name",
        };

    [GeneratedRegex(
        """
            (?<![\p{L}'])(?:
              (?:my|the)\s(?:full\s|own\s)?(?<part>first\s|last\s|sur|family\s|given\s)?name(?:'s|\sis|\swould\sbe|:)(?:\sactually|\salso|\sis)?
              | me\sllamo | mi\snombre(?:\scompleto)?\ses | mi\s(?<part>apellido)\ses
              | je\sm'appelle | mon\snom(?:\scomplet)?\sest | mon\s(?<part>nom\sde\sfamille)\sest
              | ich\shei(?:ß|ss)e | mein\sname\sist | mi\schiamo | me\schamo | meu\snome\sé | меня\sзовут | moi\sc'est
            )\s
            | (?:^|[\n,;]\s*)(?:full\s)?name\s*:\s*
            """,
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.IgnorePatternWhitespace
    )]
    private static partial Regex Stated();

    [GeneratedRegex(
        """
            (?<![\p{L}'])(?:
              (?:this\sis|i'm|i\sam)\s(?:his|her|their|\p{L}+'s)\s(?:wife|husband|spouse|partner|mom|mum|mother|dad|father|son|daughter|sister|brother|assistant|secretary),?
              | this\sis | this's | (?<vague>it's | its | it\sis | that's | c'est | you\scan\scall\sme | just\scall\sme)
              | (?<self>i'm | i\sam | im | soy | je\ssuis | ich\sbin)
              | (?:le\s|les\s)?habla | ici | hier\s(?:ist|spricht)
            )\s
            """,
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.IgnorePatternWhitespace
    )]
    private static partial Regex Introduced();

    [GeneratedRegex(
        @"(?:^|[.!?,\n]\s*|\b(?:hi|hey|hello|yes|yeah|morning|afternoon|evening),?\s)(?<name>[\p{L}'\-]+(?:\s[\p{L}'\-]+){0,3}?)\s(?:here\b|speaking\b|from\s(?-i:\p{Lu}))",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    private static partial Regex Here();

    [GeneratedRegex(
        @"(?:(?<![,!.]|thanks|regards|cheers)(?<dash>\n|\s[-–—~]\s?)|\b(?<closing>thanks|thank you|thx|cheers|regards|best|best wishes|sincerely|gracias|saludos|merci|cordialement)[,!.]*(?:\s*(?<dash>[-–—~\n])\s*|\s+))(?<name>[\p{L}'\-]+(?: [\p{L}'\-.]+){0,3})\s*(?:\.?\s*$|(?(closing)(?=\n)|$))",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    private static partial Regex Signature();

    [GeneratedRegex(
        """
            \b(?:your|the|a|full|first|last)\s(?:full\s|first\s|last\s|family\s|own\s)*(?:name|surname)\b(?!\s(?:of|is))
            | \byour\s[^.?!\n]{0,25}\bname\b(?!\s(?:of|is))
            | \bwho(?:'s|\sis|\sam\si)\s(?:this|calling|speaking|it|there|on\sthe\sline) | \bwhom?\s(?:am\si|do\si\shave\sthe\spleasure)
            | \bwhat\s(?:last\s|first\s)?name\b | \band\syou\sare\? | \bhow\s(?:should|do)\si\scall\syou
            | \b(?:su|tu)\s(?:nombre|apellido) | \bcómo\s(?:se|te)\s(?:llama) | \bcon\squién\s
            | \b(?:votre|ton)\s(?:nom|prénom) | \bcomment\s(?:vous\sappelez|t'appelles) | \bà\squi\s
            """,
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.IgnorePatternWhitespace
    )]
    private static partial Regex Asked();

    [GeneratedRegex(
        @"\b(?:is\s(?:this|that)|am\si\s(?:speaking|talking)\s(?:with|to)|do\si\shave)\s(?=[^?]{2,60}\?)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    private static partial Regex Addressed();

    /// <summary>An answer that confirms the name in the question, and goes on with nothing else.</summary>
    [GeneratedRegex(
        @"^\s*(?:(?:yes|yeah|yep|yup|correct|hi|hello)[,.!]*\s+)*(?:speaking|this\sis\s(?:she|he|her|him)|that's\sme|it\sis|that's\sright)(?=[.!,]|$)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    private static partial Regex Confirmed();

    [GeneratedRegex(@"\G\s(?:here|speaking)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Spoken();

    [GeneratedRegex(@"\bspell\b|\bdeletre|\bépele", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Spell();

    [GeneratedRegex(
        @"(?<!first and )\b(?:last(?= name)|family(?= name)|surname|first(?= name)|given(?= name))\b|apellido|nom de famille",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    private static partial Regex PartAsked();

    [GeneratedRegex(
        """
            ^(?:(?:
              sure|yes|yeah|yep|yup|of\scourse|certainly|ok|okay|oh|um|uh|hi|hello|hey|well|absolutely|no\sproblem|thanks|thank\syou|si|sí|claro|oui|bien\ssûr|bonjour|hola
              | con | it's|its|it\sis|that's|that\sis|that\swould\sbe|this\sis|i'm|i\sam|the\sname\sis|the\sname's|name\sis|name's|my\s(?:full\s|first\s|last\s)?name(?:\sis|'s)|make\sit|put\sit\sunder|put|under|es|soy|me\sllamo|c'est|je\ssuis
            )(?![\p{L}'])[\s,.!:-]*)*
            """,
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.IgnorePatternWhitespace
    )]
    private static partial Regex LeadIn();

    [GeneratedRegex(
        @"^\s*(?:$|[,.!;\n—–]|-\s|\S+@\S|\+?\(?\d|(?:please|thanks|here|and|but|from|with|calling|por|s'il|on|again)\b)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    private static partial Regex AnswerEnds();

    [GeneratedRegex(
        @"^\s*(?:$|[,.!;\n—–]|-\s|\p{So}|\p{Cs}|(?:and|from|with|here|calling|speaking|again|at|i|im|i'm|y|et|de|und|can|could|just|your|the)\b)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    private static partial Regex Boundary();

    [GeneratedRegex(@"\b(?:hi|hey|hello|yo)(?:\s\p{L}+)?[,!]?\s$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Greeted();

    [GeneratedRegex(@"(?<=^|[,;.\n]\s*)[^\s,;.\n][^,;.\n]*")]
    private static partial Regex Parts();

    [GeneratedRegex(@"^\s(?:from|with)\s\p{Lu}")]
    private static partial Regex IntroducesCompany();

    [GeneratedRegex(@"(?:ian|ean|ish|ese|can|ing|ed|ful|ive|ous|ist|less|able)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Adjective();
}
