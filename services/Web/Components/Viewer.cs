namespace Web.Components;

/// <summary>What the browser told us of itself, in cookies that app.js sets, so that the first paint is right already.</summary>
/// <param name="Dark">Whether the person (or the person's system) wants it dark.</param>
/// <param name="TimeZoneId">IANA, such as Europe/Berlin; UTC until known.</param>
public sealed record Viewer(bool Dark, string TimeZoneId)
{
    public static readonly Viewer Unknown = new(false, "UTC");

    public static Viewer Of(HttpRequest request) => new(request.Cookies["theme"] == "dark", request.Cookies["tz"] ?? "UTC");

    public TimeZoneInfo TimeZone => TimeZoneInfo.TryFindSystemTimeZoneById(TimeZoneId, out var zone) ? zone : TimeZoneInfo.Utc;

    public DateTimeOffset Local(DateTimeOffset time) => TimeZoneInfo.ConvertTime(time, TimeZone);
}
