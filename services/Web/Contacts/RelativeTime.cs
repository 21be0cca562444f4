using System.Globalization;
using Web.Components;

namespace Web.Contacts;

internal static class RelativeTime
{
    public static string Of(DateTimeOffset time, DateTimeOffset now, Viewer viewer)
    {
        var ago = now - time;
        var (day, today) = (viewer.Local(time), viewer.Local(now));
        return ago switch
        {
            { TotalMinutes: < 1 } => "just now",
            { TotalMinutes: < 60 } => $"{(int)ago.TotalMinutes} min ago",
            { TotalHours: < 24 } when day.Date == today.Date => $"{(int)ago.TotalHours} h ago",
            _ when day.Date == today.Date.AddDays(-1) => "yesterday",
            { TotalDays: < 7 } => day.ToString("dddd", CultureInfo.InvariantCulture),
            _ when day.Year == today.Year => day.ToString("MMM d", CultureInfo.InvariantCulture),
            _ => day.ToString("MMM d, yyyy", CultureInfo.InvariantCulture),
        };
    }

    public static string Exact(DateTimeOffset time, Viewer viewer) =>
        viewer.Local(time).ToString("dddd, MMMM d, yyyy, HH:mm:ss", CultureInfo.InvariantCulture) + $" ({viewer.TimeZoneId})";
}
