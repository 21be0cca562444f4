using System.Text;

namespace Identifiers;

/// <summary>
/// What another system calls somebody: <c>system:id</c>, such as <c>hubspot:123</c>. The system is 1 to 30 of a-z, 0-9, _ and -, without regard to case; the id is 1 to 200
/// UTF-16 characters that can be seen, kept to the letter, for it is that system's own (Salesforce tells ids apart by case). Spaces are allowed within the id, colons too.
/// </summary>
public readonly record struct ExternalId
{
    /// <summary>In UTF-16 characters, the colon among them.</summary>
    public const int MaxLength = MaxSystemLength + 1 + MaxIdLength;

    private const int MaxSystemLength = 30;
    private const int MaxIdLength = 200;

    private ExternalId(string value) => Value = value;

    public string Value { get; }

    public override string ToString() => Value;

    /// <summary>Reads <c>system:id</c>; blanks around the whole are dropped, blanks around the colon refused.</summary>
    public static bool TryParse(string? text, out ExternalId id)
    {
        id = default;
        var trimmed = text?.Trim() ?? "";
        var colon = trimmed.IndexOf(':', StringComparison.Ordinal);
        if (colon is < 1 or > MaxSystemLength || trimmed.Length > MaxLength || !IsId(trimmed[(colon + 1)..]))
        {
            return false;
        }
        var system = trimmed[..colon];
        if (!system.All(character => char.IsAsciiLetterOrDigit(character) || character is '_' or '-'))
        {
            return false;
        }
        id = new(system.ToLowerInvariant() + trimmed[colon..]);
        return true;
    }

    private static bool IsId(string id) =>
        id.Length is > 0 and <= MaxIdLength && id[0] != ' ' && Utf16.IsWellFormed(id) && id.EnumerateRunes().All(PrintableText.IsPrintable);
}
