namespace Identifiers;

/// <summary>What telephone networks put in place of a number that its owner hides.</summary>
internal static class HiddenCallers
{
    public static readonly HashSet<string> Words = new(StringComparer.OrdinalIgnoreCase)
    {
        "anonymous",
        "restricted",
        "unavailable",
        "private",
        "unknown",
        "blocked",
        "withheld",
        "not available",
        "out of area",
        "private number",
        "unknown number",
        "private caller",
        "no caller id",
        "no number",
    };

    /// <summary>The keypad spelling of anonymous, restricted, unavailable, blocked and unknown.</summary>
    public static readonly HashSet<string> Numbers = ["+266696687", "+7378742833", "+86282452253", "+2562533", "+8656696"];
}
