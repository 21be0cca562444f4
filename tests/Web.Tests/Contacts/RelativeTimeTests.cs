using Web.Components;
using Web.Contacts;

namespace Web.Tests.Contacts;

public sealed class RelativeTimeTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 10, 1, 30, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("2026-03-10T01:29:30Z", "just now")]
    [InlineData("2026-03-10T01:31:00Z", "just now")]
    [InlineData("2026-03-10T01:25:00Z", "5 min ago")]
    [InlineData("2026-03-10T00:10:00Z", "1 h ago")]
    [InlineData("2026-03-09T22:10:00Z", "yesterday")]
    [InlineData("2026-03-06T12:00:00Z", "Friday")]
    [InlineData("2026-02-01T12:00:00Z", "Feb 1")]
    [InlineData("2025-12-31T12:00:00Z", "Dec 31, 2025")]
    public void Times_are_said_as_people_do(string time, string said) =>
        Assert.Equal(said, RelativeTime.Of(DateTimeOffset.Parse(time, null), Now, Viewer.Unknown));

    [Fact]
    public void Yesterday_is_that_of_the_viewer()
    {
        var newYork = new Viewer(false, "America/New_York");

        // 18:10 and 21:30 of one day there; two days in UTC.
        Assert.Equal("3 h ago", RelativeTime.Of(Now.AddHours(-3).AddMinutes(-20), Now, newYork));
        Assert.Equal("Monday, March 9, 2026, 21:30:00 (America/New_York)", RelativeTime.Exact(Now, newYork));
    }
}
