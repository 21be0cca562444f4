namespace Identifiers.Tests;

public sealed class TimeZoneNameTests
{
    [Theory]
    [InlineData("America/Vancouver")]
    [InlineData("America/Argentina/Buenos_Aires")]
    [InlineData("Europe/Kyiv")]
    [InlineData("Asia/Calcutta")]
    [InlineData("US/Pacific")]
    [InlineData("Etc/UTC")]
    [InlineData("Etc/GMT+5")]
    [InlineData("UTC")]
    [InlineData(" Europe/Berlin ")]
    public void Reads_names_of_the_IANA_database(string text)
    {
        Assert.True(TimeZoneName.TryParse(text, out var name));
        Assert.Equal(text.Trim(), name.Value);
        Assert.NotNull(TimeZoneInfo.FindSystemTimeZoneById(name.Value));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Pacific Standard Time")]
    [InlineData("W. Europe Standard Time")]
    [InlineData("UTC-11")]
    [InlineData("UTC+12")]
    [InlineData("+02:00")]
    [InlineData("GMT+1")]
    [InlineData("PDT")]
    [InlineData("Europe")]
    [InlineData("Europe/")]
    [InlineData("Europe/Atlantis")]
    [InlineData("posix/Europe/Berlin")]
    [InlineData("right/Europe/Berlin")]
    [InlineData("posixrules")]
    [InlineData("localtime")]
    [InlineData("Factory")]
    [InlineData("tzdata.zi")]
    [InlineData("../zoneinfo/Europe/Berlin")]
    [InlineData("/usr/share/zoneinfo/Europe/Berlin")]
    [InlineData("Europe/Berlin\0")]
    [InlineData("Europe/Berlin/../Berlin")]
    [InlineData("America/Argentina/Buenos_Aires/America/Argentina/Buenos_Aires")]
    public void Refuses_what_is_no_name(string? text) => Assert.False(TimeZoneName.TryParse(text, out _));

    [Theory]
    [InlineData("Europe/Berlin", "europe/berlin")]
    [InlineData("UTC", "utc")]
    public void Refuses_another_case_whoever_asked_before(string name, string text)
    {
        Assert.True(TimeZoneName.TryParse(name, out _));
        Assert.False(TimeZoneName.TryParse(text, out _));
    }
}
