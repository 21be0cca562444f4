namespace Identifiers.Tests;

public sealed class LanguageTagTests
{
    [Theory]
    [InlineData("en", "en")]
    [InlineData(" EN ", "en")]
    [InlineData("FR-ca", "fr-CA")]
    [InlineData("zh-hant-tw", "zh-Hant-TW")]
    [InlineData("ES-419", "es-419")]
    [InlineData("sr-LATN-rs", "sr-Latn-RS")]
    [InlineData("fil-ph", "fil-PH")]
    [InlineData("haw", "haw")]
    [InlineData("gsw-CH", "gsw-CH")]
    [InlineData("de-CH-1996", "de-CH-1996")]
    [InlineData("sl-ROZAJ-biske-1994", "sl-rozaj-biske-1994")]
    [InlineData("de-u-CO-phonebk", "de-u-co-phonebk")]
    [InlineData("en-CA-x-CA", "en-CA-x-ca")]
    [InlineData("en-a-bbb-x-abcd", "en-a-bbb-x-abcd")]
    [InlineData("eng", "en")]
    [InlineData("fra-CA", "fr-CA")]
    [InlineData("iw-IL", "he-IL")]
    [InlineData("in", "id")]
    [InlineData("mo", "ro")]
    [InlineData("zh-yue-HK", "yue-HK")]
    [InlineData("cmn-Hans-CN", "zh-Hans-CN")]
    public void Reads_tags_into_canonical_form(string text, string expected)
    {
        Assert.True(LanguageTag.TryParse(text, out var tag));
        Assert.Equal(expected, tag.Value);
        Assert.True(LanguageTag.TryParse(tag.Value, out var again));
        Assert.Equal(tag, again);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("e")]
    [InlineData("English")]
    [InlineData("ger")]
    [InlineData("xx")]
    [InlineData("zz-ZZ")]
    [InlineData("qaa")]
    [InlineData("und")]
    [InlineData("mul")]
    [InlineData("zxx")]
    [InlineData("x-klingon")]
    [InlineData("i-klingon")]
    [InlineData("en_US")]
    [InlineData("en-")]
    [InlineData("-en")]
    [InlineData("en--US")]
    [InlineData("en-USA-US")]
    [InlineData("en-US-Latn")]
    [InlineData("en-u")]
    [InlineData("en-x")]
    [InlineData("de-1996-1996")]
    [InlineData("en-a-bbb-a-ccc")]
    [InlineData("de-DE-DE")]
    [InlineData("en\nde")]
    [InlineData("e\0n")]
    [InlineData("\u212al")]
    [InlineData("日本語")]
    [InlineData("en-GB;q=0.8")]
    public void Refuses_what_is_no_tag(string? text) => Assert.False(LanguageTag.TryParse(text, out _));

    [Fact]
    public void Keeps_to_35_characters()
    {
        Assert.True(LanguageTag.TryParse("en-x-" + string.Join('-', Enumerable.Repeat("abcdefg", 3)) + "-abcdef", out var longest));
        Assert.Equal(35, longest.Value.Length);
        Assert.False(LanguageTag.TryParse(longest.Value + "g", out _));
    }
}
