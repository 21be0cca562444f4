using System.Globalization;
using CommunicationsIngest.Capture;

namespace CommunicationsIngest.Tests.Capture;

public sealed class CallbackTimeTests
{
    /// <summary>A Tuesday, 10:00 in Vancouver, where clocks went forward two days before.</summary>
    private static readonly DateTimeOffset Said = new(2026, 3, 10, 17, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("tomorrow at 3", "2026-03-11T22:00Z")]
    [InlineData("tomorrow at 3 pm", "2026-03-11T22:00Z")]
    [InlineData("tomorrow at 10am", "2026-03-11T17:00Z")]
    [InlineData("at 4:30", "2026-03-10T23:30Z")]
    [InlineData("around 4:30 p.m.", "2026-03-10T23:30Z")]
    [InlineData("today after 5pm", "2026-03-11T00:00Z")]
    [InlineData("tonight at 8", "2026-03-11T03:00Z")]
    [InlineData("on Thursday at noon", "2026-03-12T19:00Z")]
    [InlineData("Friday at nine", "2026-03-13T16:00Z")]
    [InlineData("Friday morning at 9", "2026-03-13T16:00Z")]
    [InlineData("tomorrow at 7 in the morning", "2026-03-11T14:00Z")]
    [InlineData("in two hours", "2026-03-10T19:00Z")]
    [InlineData("in 30 minutes", "2026-03-10T17:30Z")]
    [InlineData("in half an hour", "2026-03-10T17:30Z")]
    [InlineData("mañana a las 10", "2026-03-11T17:00Z")]
    [InlineData("demain à 15 h 30", "2026-03-11T22:30Z")]
    [InlineData("tomorrow at 7", null)]
    [InlineData("tomorrow morning", null)]
    [InlineData("at 9", null)]
    [InlineData("Tuesday at 10", null)]
    [InlineData("next Friday at 10", null)]
    [InlineData("before 5 pm", null)]
    [InlineData("tomorrow between 2 and 4", null)]
    [InlineData("in a couple of hours", null)]
    [InlineData("in two days", null)]
    [InlineData("tomorrow at 25:70", null)]
    [InlineData("whenever", null)]
    public void It_is_certain_or_it_is_not(string words, string? expected) =>
        Assert.Equal(
            expected is null ? null : DateTimeOffset.Parse(expected, CultureInfo.InvariantCulture),
            CallbackTime.Resolve(new(words, Said), TimeZoneInfo.FindSystemTimeZoneById("America/Vancouver"))
        );

    [Fact]
    public void Without_a_zone_only_a_span_is_certain()
    {
        Assert.Null(CallbackTime.Resolve(new("tomorrow at 3", Said), null));
        Assert.Equal(Said.AddHours(2), CallbackTime.Resolve(new("in two hours", Said), null));
    }

    [Fact]
    public void An_hour_that_the_change_of_clocks_skips_or_repeats_is_not_certain()
    {
        var vancouver = TimeZoneInfo.FindSystemTimeZoneById("America/Vancouver");

        Assert.Null(CallbackTime.Resolve(new("tomorrow at 2:30 am", new(2026, 3, 7, 18, 0, 0, TimeSpan.Zero)), vancouver));
        Assert.Null(CallbackTime.Resolve(new("tomorrow at 1:30 am", new(2026, 10, 31, 18, 0, 0, TimeSpan.Zero)), vancouver));
    }
}
