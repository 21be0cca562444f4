using Identifiers;

namespace CommunicationsIngest.Consent;

/// <summary>
/// The hours at the person's place in which nobody is called or texted by machine: 21:00 to 8:00 (47 CFR 64.1200(c)(1)). Applied everywhere, not in the US alone. The place is
/// the contact's time zone, else every one that the number may be in: it must be day in all of them.
/// </summary>
internal static class QuietHours
{
    private static readonly TimeOnly Begin = new(21, 0);
    private static readonly TimeOnly End = new(8, 0);

    /// <returns>When they end; null where it is day; the greatest time where no place is known, or where it is never day in all of them.</returns>
    public static DateTimeOffset? Until(DateTimeOffset now, string? timeZone, string? number)
    {
        var zones = Zones(timeZone, number);
        if (zones.Count == 0)
        {
            return DateTimeOffset.MaxValue;
        }
        var at = now;
        // Each round goes on to the next morning of some place; where a common hour exists, it comes within a day or two.
        for (var round = 0; round < 4 * zones.Count; round++)
        {
            var day = zones.Max(zone => NextDay(at, zone));
            if (day == at)
            {
                return at == now ? null : at;
            }
            at = day;
        }
        return DateTimeOffset.MaxValue;
    }

    private static List<TimeZoneInfo> Zones(string? timeZone, string? number)
    {
        if (timeZone is not null && TimeZoneInfo.TryFindSystemTimeZoneById(timeZone, out var own))
        {
            return [own];
        }
        var zones = new List<TimeZoneInfo>();
        foreach (var name in number is not null && PhoneNumber.TryParseCallerId(number, out var phone) ? phone.TimeZones : [])
        {
            if (TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone))
            {
                zones.Add(zone);
            }
        }
        return zones;
    }

    /// <summary>This time where it is day there, else the morning that comes next.</summary>
    private static DateTimeOffset NextDay(DateTimeOffset at, TimeZoneInfo zone)
    {
        var local = TimeZoneInfo.ConvertTime(at, zone);
        var time = TimeOnly.FromTimeSpan(local.TimeOfDay);
        if (time >= End && time < Begin)
        {
            return at;
        }
        var morning = (time < End ? local.Date : local.Date.AddDays(1)).Add(End.ToTimeSpan());
        return new DateTimeOffset(morning, zone.GetUtcOffset(morning)).ToUniversalTime();
    }
}
