using System.Globalization;
using System.Text;
using Identifiers;

namespace Contacts.Tags;

/// <summary>
/// A tag's name, 1 to 50 characters in one line, no commas (files separate tags by them), nothing that is not seen. Two names that differ in case only are one tag.
/// </summary>
internal readonly record struct TagName(string Text, string Key)
{
    public const int MaxLength = 50;

    private const char ZeroWidthNonJoiner = '\u200C';
    private const char ZeroWidthJoiner = '\u200D';

    /// <summary>Set and cleared by consent alone (STOP and START), never by hand, import or sync.</summary>
    public static readonly TagName OptOut = new("opt-out", "opt-out");

    /// <summary>Nobody tagged so is called by the product.</summary>
    public static readonly TagName DoNotCall = new("Do Not Call", "do not call");

    /// <summary>Those that protect a person: of two contacts that are one person, the more restrictive holds.</summary>
    public static readonly IReadOnlyList<TagName> Restrictions = [OptOut, DoNotCall];

    public bool Equals(TagName other) => Key == other.Key;

    public override int GetHashCode() => Key.GetHashCode(StringComparison.Ordinal);

    public static bool TryParse(string? text, out TagName name)
    {
        name = default;
        if (text is null || !Utf16.IsWellFormed(text))
        {
            return false;
        }
        var oneLine = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).Normalize(NormalizationForm.FormC);
        if (oneLine.Length is 0 or > MaxLength || oneLine.EnumerateRunes().Any(IsRefused))
        {
            return false;
        }
        name = new(oneLine, Fold(oneLine));
        return name.Key.Length > 0;
    }

    /// <summary>Upper case first: letters that have two small forms (sigma, and the long s) then meet in one.</summary>
    private static string Fold(string text) =>
        string.Concat(text.ToUpperInvariant().ToLowerInvariant().Where(character => character is not (ZeroWidthJoiner or ZeroWidthNonJoiner)))
            .Normalize(NormalizationForm.FormC);

    /// <summary>Invisible characters would make two tags that look alike. The joiners that emoji and some scripts are written with may stay, and tell no tags apart.</summary>
    private static bool IsRefused(Rune character) =>
        character.Value == ','
        || Rune.IsControl(character)
        || (Rune.GetUnicodeCategory(character) == UnicodeCategory.Format && character.Value is not (ZeroWidthJoiner or ZeroWidthNonJoiner));
}
