using System.Globalization;
using System.Text;
using System.Xml.Linq;
using Contacts.Avatars;

namespace Contacts.Tests.Avatars;

public sealed class GeneratedAvatarTests
{
    private static readonly Guid Id = Guid.CreateVersion7();

    [Fact]
    public void Letters_stand_on_the_contacts_colour_in_the_size_that_was_asked_for()
    {
        var svg = Draw("JS", size: 64);

        Assert.Equal("64", (string?)svg.Attribute("width"));
        Assert.Equal("64", (string?)svg.Attribute("height"));
        Assert.Equal(AvatarColor.For(Id), (string?)Part(svg, "rect").Attribute("fill"));
        Assert.Equal("JS", Part(svg, "text").Value);
        Assert.Equal("ltr", (string?)Part(svg, "text").Attribute("direction"));
    }

    [Fact]
    public void A_person_stands_for_somebody_without_a_name()
    {
        var svg = Draw(null);

        Assert.NotNull(Part(svg, "path"));
        Assert.Empty(svg.Value);
    }

    [Theory]
    [InlineData("م ع")]
    [InlineData("דל")]
    public void What_is_written_from_right_to_left_is_drawn_so(string initials) =>
        Assert.Equal("rtl", (string?)Part(Draw(initials), "text").Attribute("direction"));

    [Fact]
    public void What_has_a_meaning_in_XML_is_escaped()
    {
        var text = Encoding.UTF8.GetString(new GeneratedAvatar(Id, "<&").ToSvg(32));

        Assert.Contains("&lt;&amp;", text, StringComparison.Ordinal);
        Assert.DoesNotContain("style", text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_hash_names_the_contact_and_the_letters()
    {
        var hash = new GeneratedAvatar(Id, "JS").Hash;

        Assert.Matches("^[0-9a-f]{32}$", hash);
        Assert.Equal(hash, new GeneratedAvatar(Id, "JS").Hash);
        Assert.NotEqual(hash, new GeneratedAvatar(Id, "JT").Hash);
        Assert.NotEqual(hash, new GeneratedAvatar(Guid.CreateVersion7(), "JS").Hash);
    }

    [Fact]
    public void White_can_be_read_on_every_colour() => Assert.All(AvatarColor.Palette, color => Assert.True(Contrast(AvatarColor.Ink, color) >= 4.5, color));

    [Fact]
    public void Neighbours_differ_and_all_colours_are_used()
    {
        var now = TimeProvider.System.GetUtcNow();
        var used = Enumerable.Range(0, 2_000).Select(_ => AvatarColor.For(Guid.CreateVersion7(now))).CountBy(color => color).ToList();

        Assert.Equal(AvatarColor.Palette.Count, used.Count);
        Assert.All(used, color => Assert.InRange(color.Value, 40, 220));
    }

    private static XElement Draw(string? initials, int size = 128) => XElement.Parse(Encoding.UTF8.GetString(new GeneratedAvatar(Id, initials).ToSvg(size)));

    private static XElement Part(XElement svg, string name) => Assert.Single(svg.Elements(), element => element.Name.LocalName == name);

    /// <summary>WCAG 2.2, "contrast ratio".</summary>
    private static double Contrast(string one, string other)
    {
        var (lighter, darker) = (Math.Max(Luminance(one), Luminance(other)), Math.Min(Luminance(one), Luminance(other)));
        return (lighter + 0.05) / (darker + 0.05);
    }

    private static double Luminance(string color)
    {
        double[] weights = [0.2126, 0.7152, 0.0722];
        return weights.Select((weight, index) => weight * Linear(int.Parse(color.AsSpan(1 + (2 * index), 2), NumberStyles.HexNumber, null) / 255.0)).Sum();
    }

    private static double Linear(double channel) => channel <= 0.04045 ? channel / 12.92 : Math.Pow((channel + 0.055) / 1.055, 2.4);
}
