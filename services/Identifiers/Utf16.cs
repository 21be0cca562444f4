namespace Identifiers;

/// <summary>Text as .NET holds it: an unpaired surrogate can neither be normalised nor stored.</summary>
public static class Utf16
{
    public static bool IsWellFormed(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i]))
            {
                continue;
            }
            if (!char.IsHighSurrogate(text[i]) || i + 1 == text.Length || !char.IsLowSurrogate(text[i + 1]))
            {
                return false;
            }
            i++;
        }
        return true;
    }
}
