using System.Globalization;
using System.Text;

namespace Identifiers;

/// <summary>Characters that a reader sees. Two texts that differ only in others look the same, and are how one passes for another.</summary>
internal static class PrintableText
{
    public static bool IsPrintable(Rune character) => character.Value == ' ' || IsVisible(character);

    public static bool IsVisible(Rune character) =>
        Rune.GetUnicodeCategory(character)
            is not (
                UnicodeCategory.Control
                or UnicodeCategory.Format
                or UnicodeCategory.SpaceSeparator
                or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator
                or UnicodeCategory.PrivateUse
                or UnicodeCategory.OtherNotAssigned
            );
}
