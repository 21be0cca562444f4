using System.Text.RegularExpressions;

namespace CommunicationsIngest.Capture;

/// <summary>Whether words speak of somebody else than the person who says them: "my wife's email is", "his number", "your address".</summary>
internal static partial class OtherPeople
{
    /// <param name="before">The sentence up to the value.</param>
    public static bool AreIn(string before) =>
        Pattern().Matches(before) is { Count: > 0 } matches && !BackToMe().IsMatch(before[(matches[^1].Index + matches[^1].Length)..]);

    [GeneratedRegex(
        """
            \b(?:his|her|their|your)\s(?:(?:new|old|work|personal|cell|mobile|home|other|private|business|company)\s)?(?:e-?mail|mail|address|number|phone|cell|mobile|name|company|office|website|fax)\b
            | \b(?:my|our|his|her|their|the)\s(?:\p{L}+\s)?(?:wife|husband|spouse|fianc[ée]e?|partner|son|daughter|kids?|child|mother|father|mom|mum|dad|parents|brother|sister|uncle|aunt|cousin|nephew|niece|grand\p{L}+|boss|assistant|secretary|accountant|bookkeeper|lawyer|attorney|doctor|dentist|colleague|co-?worker|friend|neighbou?r|boyfriend|girlfriend|ex|roommate|landlord|tenant|employee|client|customer|manager|supervisor|agent|broker|contractor|plumber|guy|lady)(?:'s)?\b
            | \bmi\s(?:esposa|esposo|marido|mujer|hij[oa]|madre|padre|mamá|papá|herman[oa]|jef[ea]|amig[oa]|novi[oa]|compañer[oa])\b
            | \b(?:ma\s(?:femme|mère|fille|sœur|soeur|patronne)|mon\s(?:mari|père|fils|frère|patron|ami|collègue))\b
            | \b(?:call|text|email|reach|contact|ask)\s(?:him|her|them)\b | \b(?:named|called)\s
            """,
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.IgnorePatternWhitespace
    )]
    private static partial Regex Pattern();

    [GeneratedRegex(@"\b(?:me|my|mine|myself|i'm|i am|mi|moi|mon)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex BackToMe();
}
