namespace Identifiers.Tests;

public sealed class NationalVariantTests
{
    [Theory]
    [InlineData("+525512345678", "MX", "+52 1 55 1234 5678", "55 1234 5678", "01 55 1234 5678", "044 55 1234 5678", "045 55 1234 5678", "1 55 1234 5678")]
    [InlineData("+528001234567", "MX", "01 800 123 4567", "+52 800 123 4567", "800 123 4567")]
    [InlineData("+5511961234567", "BR", "+55 11 6123 4567", "(11) 96123-4567", "(11) 6123-4567", "0 11 6123-4567", "0 15 11 96123-4567", "+55 0 11 6123-4567")]
    [InlineData("+5521981234567", "BR", "+55 21 8123 4567", "21 8123 4567", "021 98123-4567")]
    [InlineData("+5585991234567", "BR", "+55 85 9123 4567", "85 9123-4567", "(085) 99123-4567")]
    [InlineData("+551141234567", "BR", "11 4123-4567", "0 21 11 4123-4567")]
    [InlineData("+558001234567", "BR", "0800 123 4567", "+55 800 123 4567")]
    [InlineData(
        "+5491123456789",
        "AR",
        "011 15 2345-6789",
        "11 15 2345 6789",
        "+54 11 15 2345 6789",
        "9 11 2345 6789",
        "+54 9 11 15 2345-6789",
        "+54 9 011 2345-6789"
    )]
    [InlineData("+5493512345678", "AR", "0351 15 234-5678", "(351) 15-234-5678", "+54 9 351 15 234-5678", "+54 9 0351 15 234-5678")]
    [InlineData("+5492966512345", "AR", "02966 15-512345", "2966 15 512345", "+54 9 2966 15 512345")]
    [InlineData("+541123456789", "AR", "011 2345-6789", "11 2345 6789", "+54 011 2345 6789")]
    public void What_is_surely_one_line_has_one_form(string expected, string country, params string[] variants)
    {
        foreach (var variant in variants.Append(expected))
        {
            Assert.True(PhoneNumber.TryParse(variant, country, out var typed), variant);
            Assert.Equal(expected, typed.E164);
            if (variant.StartsWith('+'))
            {
                Assert.True(PhoneNumber.TryParseCallerId(variant, out var called), variant);
                Assert.Equal(expected, called.E164);
            }
        }
    }

    [Theory]
    [InlineData("+541123456789", "+5491123456789")]
    [InlineData("+543512345678", "+5493512345678")]
    [InlineData("+551178123456", "+5511978123456")]
    public void What_may_be_one_line_stays_two_numbers_that_are_alike(string one, string other)
    {
        var (first, second) = (Called(one), Called(other));
        Assert.Equal(one, first.E164);
        Assert.Equal(other, second.E164);
        Assert.Equal(first.LikenessKey, second.LikenessKey);
    }

    [Theory]
    [InlineData("+16045551234", "16045551234")]
    [InlineData("+5491123456789", "541123456789")]
    [InlineData("+5511961234567", "551161234567")]
    [InlineData("+551141234567", "551141234567")]
    [InlineData("+525512345678", "525512345678")]
    [InlineData("+390669812345", "39669812345")]
    public void Likeness_goes_by_country_and_subscriber(string number, string expected) => Assert.Equal(expected, Called(number).LikenessKey);

    [Theory]
    [InlineData("+16045551234", "+16045551235")]
    [InlineData("+5511941234567", "+551141234567")]
    [InlineData("+541123456789", "+541123456788")]
    public void Other_lines_are_not_alike(string one, string other) => Assert.NotEqual(Called(one).LikenessKey, Called(other).LikenessKey);

    private static PhoneNumber Called(string number) => PhoneNumber.TryParseCallerId(number, out var read) ? read : throw new ArgumentException(number);
}
