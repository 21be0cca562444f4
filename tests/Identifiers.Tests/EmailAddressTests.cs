namespace Identifiers.Tests;

public sealed class EmailAddressTests
{
    [Theory]
    [InlineData("john@example.com", "john@example.com")]
    [InlineData("  John.Smith@Example.COM ", "john.smith@example.com")]
    [InlineData("a+b@sub.example.co.uk", "a+b@sub.example.co.uk")]
    [InlineData("o'brien@example.ie", "o'brien@example.ie")]
    [InlineData("jörg@bücher.example", "jörg@bücher.example")]
    [InlineData("jo\u0308rg@example.com", "jörg@example.com")]
    [InlineData("info@XN--BCHER-KVA.example", "info@bücher.example")]
    [InlineData("用户@例子.广告", "用户@例子.广告")]
    public void Reads_addresses_into_one_form(string text, string expected)
    {
        Assert.True(EmailAddress.TryParse(text, out var address));
        Assert.Equal(expected, address.Value);
        Assert.True(EmailAddress.TryParse(address.Value, out var again));
        Assert.Equal(address, again);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("john")]
    [InlineData("@example.com")]
    [InlineData("john@")]
    [InlineData("john@example")]
    [InlineData("john@example.")]
    [InlineData("john@.com")]
    [InlineData("john@exa mple.com")]
    [InlineData("jo hn@example.com")]
    [InlineData("john@@example.com")]
    [InlineData("john@a@example.com")]
    [InlineData(".john@example.com")]
    [InlineData("john.@example.com")]
    [InlineData("jo..hn@example.com")]
    [InlineData("John <john@example.com>")]
    [InlineData("\"john smith\"@example.com")]
    [InlineData("john@[127.0.0.1]")]
    [InlineData("john@127.0.0.1")]
    [InlineData("[email protected]")]
    [InlineData("john@-example.com")]
    [InlineData("john\0@example.com")]
    [InlineData("john\u200b@example.com")]
    [InlineData("john\U000E0041@example.com")]
    public void Refuses_what_is_no_address(string? text) => Assert.False(EmailAddress.TryParse(text, out _));

    [Theory]
    [InlineData("john.smith@gmail.com", "johnsmith@gmail.com")]
    [InlineData("J.o.h.n.Smith+news.letter@GoogleMail.com", "johnsmith@gmail.com")]
    [InlineData("john.smith+news@example.com", "john.smith@example.com")]
    [InlineData("john+a+b@example.com", "john@example.com")]
    [InlineData("+john@example.com", "+john@example.com")]
    [InlineData("+@example.com", "+@example.com")]
    [InlineData("john-news@yahoo.com", "john-news@yahoo.com")]
    [InlineData("john.smith@gmail.com.example", "john.smith@gmail.com.example")]
    public void Likeness_goes_by_the_mailbox(string text, string expected)
    {
        Assert.True(EmailAddress.TryParse(text, out var address));
        Assert.Equal(expected, address.LikenessKey);
    }

    [Fact]
    public void What_is_typed_stays_the_address() =>
        Assert.True(EmailAddress.TryParse("J.Smith+x@gmail.com", out var address) && address.Value == "j.smith+x@gmail.com");

    [Fact]
    public void Refuses_an_unpaired_surrogate() => Assert.False(EmailAddress.TryParse("jo" + '\ud800' + "hn@example.com", out _));

    [Fact]
    public void Keeps_to_the_lengths_of_RFC_5321()
    {
        Assert.True(EmailAddress.TryParse(new string('a', 64) + "@example.com", out _));
        Assert.False(EmailAddress.TryParse(new string('a', 65) + "@example.com", out _));
        Assert.False(EmailAddress.TryParse("a@" + string.Join('.', Enumerable.Repeat(new string('b', 60), 5)) + ".com", out _));
    }
}
