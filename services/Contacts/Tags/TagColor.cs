using System.Text.RegularExpressions;

namespace Contacts.Tags;

/// <summary>A tag's colour, <c>#rrggbb</c>.</summary>
internal static partial class TagColor
{
    public const string Pattern = "^#[0-9a-fA-F]{6}$";

    private static readonly string[] Palette = ["#2563eb", "#0891b2", "#059669", "#65a30d", "#ca8a04", "#ea580c", "#dc2626", "#db2777", "#9333ea", "#4b5563"];

    /// <summary>A tag that nobody chose a colour for has the same one everywhere.</summary>
    public static string For(TagName name) => Palette[name.Key.Aggregate(0u, (hash, character) => (hash * 31) + character) % (uint)Palette.Length];

    public static bool IsValid(string color) => color.Length == 7 && Expression().IsMatch(color);

    [GeneratedRegex(Pattern)]
    private static partial Regex Expression();
}
