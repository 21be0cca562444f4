using System.Text.RegularExpressions;

namespace Identifiers;

/// <summary>
/// A time zone as the IANA database names it: <c>America/Vancouver</c>, <c>Etc/UTC</c>. Kept as given, former names (<c>Asia/Calcutta</c>) too, for they go on working. At most 50
/// characters. Every name that is accepted here can be found by <see cref="TimeZoneInfo.FindSystemTimeZoneById"/>, whose data is the system's.
/// </summary>
public readonly partial record struct TimeZoneName
{
    public const int MaxLength = 50;

    private TimeZoneName(string value) => Value = value;

    public string Value { get; }

    public override string ToString() => Value;

    /// <summary>Refused: Windows names (<c>Pacific Standard Time</c>), offsets (<c>+02:00</c>), another case than the database's, and files of the database that name no place's time.</summary>
    public static bool TryParse(string? text, out TimeZoneName name)
    {
        name = default;
        var trimmed = text?.Trim() ?? "";
        if (
            trimmed.Length > MaxLength
            || !Form.IsMatch(trimmed)
            || !TimeZoneInfo.TryFindSystemTimeZoneById(trimmed, out var zone)
            || !zone.HasIanaId
            // Found in another case because somebody asked for the right one before.
            || zone.Id != trimmed
        )
        {
            return false;
        }
        name = new(trimmed);
        return true;
    }

    /// <summary>tzdb, theory.html, "Timezone identifiers"; no dots, so that no name leads out of the database's folder.</summary>
    [GeneratedRegex(@"^(?!(?:posix|right)/|(?:Factory|localtime|posixrules|leapseconds)\z)[A-Za-z][A-Za-z0-9_+-]*(?:/[A-Za-z0-9_+-]+){0,2}\z")]
    private static partial Regex Form { get; }
}
