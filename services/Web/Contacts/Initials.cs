using System.Globalization;

namespace Web.Contacts;

internal static class Initials
{
    /// <summary>The first letters of the first and the last word; empty where there is no name.</summary>
    public static string Of(string? name)
    {
        var words = (name ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Where(word => char.IsLetterOrDigit(word, 0)).ToList();
        return words.Count switch
        {
            0 => "",
            1 => First(words[0]),
            _ => First(words[0]) + First(words[^1]),
        };
    }

    /// <summary>A hue (0 to 359) that stays with the person. The end of a UUIDv7 is random, its beginning is a time.</summary>
    public static int HueOf(Guid id) => BitConverter.ToUInt16(id.ToByteArray(), 14) % 360;

    private static string First(string word) => StringInfo.GetNextTextElement(word).ToUpperInvariant();
}
