using System.Text;
using Identifiers;

namespace Contacts.Tags;

/// <summary>A tag's name, 1 to 50 characters in one line, no commas (files separate tags by them). Two names that differ in case only are one tag.</summary>
internal readonly record struct TagName(string Text, string Key)
{
    public const int MaxLength = 50;

    /// <summary>Set and cleared by consent alone (STOP and START), never by hand, import or sync.</summary>
    public static readonly TagName OptOut = new("opt-out", "opt-out");

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
        if (oneLine.Length is 0 or > MaxLength || oneLine.Any(character => character == ',' || char.IsControl(character)))
        {
            return false;
        }
        name = new(oneLine, oneLine.ToLowerInvariant());
        return true;
    }
}
