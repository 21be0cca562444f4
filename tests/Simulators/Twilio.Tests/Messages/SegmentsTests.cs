using Simulators.Twilio.Messages;

namespace Simulators.Twilio.Tests.Messages;

public class SegmentsTests
{
    [Theory]
    [InlineData("", 1, 1)]
    [InlineData("a", 160, 1)]
    [InlineData("a", 161, 2)]
    [InlineData("a", 307, 3)]
    [InlineData("€", 80, 1)]
    [InlineData("€", 81, 2)]
    [InlineData("ж", 70, 1)]
    [InlineData("ж", 71, 2)]
    public void Parts_follow_the_alphabet(string character, int times, int parts) =>
        Assert.Equal(parts, Segments.Count(string.Concat(Enumerable.Repeat(character, times))));
}
