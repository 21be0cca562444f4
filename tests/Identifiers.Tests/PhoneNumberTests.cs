namespace Identifiers.Tests;

public sealed class PhoneNumberTests
{
    [Theory]
    [InlineData("+16045551234", "US", "+16045551234")]
    [InlineData("(604) 555-1234", "US", "+16045551234")]
    [InlineData("604.555.1234", "CA", "+16045551234")]
    [InlineData("1-604-555-1234", "US", "+16045551234")]
    [InlineData("011 44 20 7946 0958", "US", "+442079460958")]
    [InlineData("+1 555 123 4567", "US", "+15551234567")]
    [InlineData("tel:+1-604-555-1234", "US", "+16045551234")]
    [InlineData("\u202a+1 (604) 555\u20111234\u202c", "US", "+16045551234")]
    [InlineData("  +16045551234  ", "US", "+16045551234")]
    [InlineData("＋１６０４５５５１２３４", "US", "+16045551234")]
    [InlineData("020 7946 0958", "GB", "+442079460958")]
    [InlineData("+44 (0)20 7946 0958", "US", "+442079460958")]
    [InlineData("07911 123456", "GB", "+447911123456")]
    [InlineData("030/901820", "DE", "+4930901820")]
    [InlineData("0151 23456789", "DE", "+4915123456789")]
    [InlineData("06 12 34 56 78", "FR", "+33612345678")]
    [InlineData("06 698 12345", "IT", "+390669812345")]
    [InlineData("612 345 678", "ES", "+34612345678")]
    [InlineData("0470 12 34 56", "BE", "+32470123456")]
    [InlineData("06-12345678", "NL", "+31612345678")]
    [InlineData("044 668 18 00", "CH", "+41446681800")]
    [InlineData("512 345 678", "PL", "+48512345678")]
    [InlineData("070-123 45 67", "SE", "+46701234567")]
    [InlineData("0412 345 678", "AU", "+61412345678")]
    [InlineData("021 123 4567", "NZ", "+64211234567")]
    [InlineData("090-1234-5678", "JP", "+819012345678")]
    [InlineData("010-1234-5678", "KR", "+821012345678")]
    [InlineData("138 1234 5678", "CN", "+8613812345678")]
    [InlineData("098765 43210", "IN", "+919876543210")]
    [InlineData("(11) 96123-4567", "BR", "+5511961234567")]
    [InlineData("55 1234 5678", "MX", "+525512345678")]
    [InlineData("+521 55 1234 5678", "US", "+525512345678")]
    [InlineData("050 123 4567", "AE", "+971501234567")]
    [InlineData("050-234-5678", "IL", "+972502345678")]
    [InlineData("0532 123 45 67", "TR", "+905321234567")]
    [InlineData("082 123 4567", "ZA", "+27821234567")]
    [InlineData("0802 123 4567", "NG", "+2348021234567")]
    [InlineData("8 (912) 345-67-89", "RU", "+79123456789")]
    [InlineData("8123 4567", "SG", "+6581234567")]
    public void Reads_numbers_as_people_of_many_countries_write_them(string text, string country, string expected)
    {
        Assert.True(PhoneNumber.TryParse(text, country, out var number));
        Assert.Equal(expected, number.E164);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("+")]
    [InlineData("hello")]
    [InlineData("call 604 555 1234 now")]
    [InlineData("1-800-FLOWERS")]
    [InlineData("555-1234")]
    [InlineData("12345")]
    [InlineData("911")]
    [InlineData("123-456-7890")]
    [InlineData("000-000-0000")]
    [InlineData("020 7946 0958")]
    [InlineData("+1604555123")]
    [InlineData("+160455512345")]
    [InlineData("+44 7700 900")]
    [InlineData("+33 6 12 34 56")]
    [InlineData("+999 123 456 789")]
    [InlineData("604-555-1234 ext. 5")]
    [InlineData("604-555-1234;ext=5")]
    [InlineData("+16045551234\0")]
    [InlineData("+1604555123４５６７８９０１２３４５６７８９０１２３４５６７８９０１２３４５６７８９０")]
    [InlineData("+266696687")]
    [InlineData("+7378742833")]
    [InlineData("+86282452253")]
    [InlineData("+2562533")]
    [InlineData("+8656696")]
    [InlineData("anonymous")]
    [InlineData("john@example.com")]
    [InlineData("☎️")]
    public void Refuses_what_is_nobodys_number(string? text) => Assert.False(PhoneNumber.TryParse(text, "US", out _));

    [Fact]
    public void A_real_number_that_looks_like_a_placeholder_without_its_plus_is_accepted()
    {
        // 737 is Austin, Texas; only with the plus is it the keypad spelling of "restricted".
        Assert.True(PhoneNumber.TryParse("737-874-2833", "US", out var number));
        Assert.Equal("+17378742833", number.E164);
    }

    [Fact]
    public void With_an_unknown_country_only_international_numbers_can_be_read()
    {
        Assert.False(PhoneNumber.TryParse("604 555 1234", "XX", out _));
        Assert.True(PhoneNumber.TryParse("+1 604 555 1234", "XX", out _));
    }

    [Theory]
    [InlineData("+16045551234")]
    [InlineData("+15005550006")]
    [InlineData("+5215512345678")]
    [InlineData("+5511961234567")]
    [InlineData("+5491123456789")]
    [InlineData("+390669812345")]
    [InlineData("+79123456789")]
    public void Normalising_again_changes_nothing(string text)
    {
        Assert.True(PhoneNumber.TryParse(text, "US", out var once));
        Assert.True(PhoneNumber.TryParse(once.E164, "DE", out var twice));
        Assert.True(PhoneNumber.TryParseCallerId(once.E164, out var called));
        Assert.Equal(once, twice);
        Assert.Equal(once, called);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Anonymous")]
    [InlineData("RESTRICTED")]
    [InlineData("unavailable")]
    [InlineData("private")]
    [InlineData("+266696687")]
    [InlineData("266696687")]
    [InlineData("+7378742833")]
    [InlineData("+86282452253")]
    [InlineData("+2562533")]
    [InlineData("+8656696")]
    [InlineData("sip:anonymous@anonymous.invalid")]
    public void Knows_hidden_callers(string? callerId)
    {
        Assert.True(PhoneNumber.IsHiddenCaller(callerId));
        Assert.False(PhoneNumber.TryParseCallerId(callerId, out _));
    }

    [Theory]
    [InlineData("+16045551234")]
    [InlineData("sip:alice@example.com")]
    [InlineData("ACME")]
    public void Does_not_take_others_for_hidden(string callerId) => Assert.False(PhoneNumber.IsHiddenCaller(callerId));

    [Theory]
    [InlineData("12345")]
    [InlineData("+12345")]
    [InlineData("ACME")]
    [InlineData("whatsapp:+16045551234")]
    public void Short_codes_and_names_are_nobodys_caller_id(string callerId) => Assert.False(PhoneNumber.TryParseCallerId(callerId, out _));

    [Fact]
    public void A_caller_id_from_a_range_that_is_not_listed_yet_is_still_somebody()
    {
        Assert.True(PhoneNumber.TryParseCallerId("+4912312345678", out var number));
        Assert.Equal("+4912312345678", number.E164);
    }
}
