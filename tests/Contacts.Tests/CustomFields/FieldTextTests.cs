using Contacts.CustomFields;

namespace Contacts.Tests.CustomFields;

public sealed class FieldTextTests
{
    [Theory]
    [InlineData("text", " Anything, at all ", "\"Anything, at all\"")]
    [InlineData("number", "1,234.5", "1234.5")]
    [InlineData("number", "1,234,567", "1234567")]
    [InlineData("number", "+12", "12")]
    [InlineData("number", " -0.50 ", "-0.5")]
    [InlineData("date", "2026-11-23", "\"2026-11-23\"")]
    [InlineData("date", "2026/11/23", "\"2026-11-23\"")]
    [InlineData("date", "20261123", "\"2026-11-23\"")]
    [InlineData("date", "2026-11-23T09:30:00.123Z", "\"2026-11-23\"")]
    [InlineData("date", "2026-11-23 09:30", "\"2026-11-23\"")]
    [InlineData("date", "Nov 3, 2026", "\"2026-11-03\"")]
    [InlineData("date", "23 november 2026", "\"2026-11-23\"")]
    [InlineData("yes_no", "Yes", "true")]
    [InlineData("yes_no", "1", "true")]
    [InlineData("yes_no", "TRUE", "true")]
    [InlineData("yes_no", "n", "false")]
    [InlineData("yes_no", "off", "false")]
    [InlineData("choice", " gold", "\"Gold\"")]
    [InlineData("choice", "a, b", "\"A, B\"")]
    [InlineData("multi_choice", "silver; gold", "[\"Gold\",\"Silver\"]")]
    [InlineData("multi_choice", "silver,gold,silver", "[\"Gold\",\"Silver\"]")]
    [InlineData("multi_choice", "a, b", "[\"A, B\"]")]
    [InlineData("multi_choice", "A, B; Gold;", "[\"Gold\",\"A, B\"]")]
    [InlineData("link", "www.example.com/a b", null)]
    [InlineData("link", "www.example.com/a", "\"https://www.example.com/a\"")]
    [InlineData("link", "example.com", "\"https://example.com\"")]
    [InlineData("link", "http://example.com", "\"http://example.com\"")]
    [InlineData("link", "john@example.com", null)]
    [InlineData("link", "javascript:alert(1)", null)]
    [InlineData("link", "none", null)]
    [InlineData("text", "a\0b", null)]
    [InlineData("number", "1,5", null)]
    [InlineData("number", "12,34.5", null)]
    [InlineData("number", "1.234,5", null)]
    [InlineData("number", "$5", null)]
    [InlineData("number", "1e3", null)]
    [InlineData("number", "١٢", null)]
    [InlineData("number", "NaN", null)]
    [InlineData("number", "1,000,000,000,000,000", null)]
    [InlineData("date", "3/4/2026", null)]
    [InlineData("date", "2026-02-30", null)]
    [InlineData("date", "today", null)]
    [InlineData("yes_no", "maybe", null)]
    [InlineData("choice", "Tin", null)]
    [InlineData("multi_choice", "Gold, Tin", null)]
    public void Only_what_can_mean_one_thing_is_read(string type, string text, string? stored)
    {
        Assert.Equal(stored is not null, FieldText.TryReadText(Field(type), text, out var value));

        Assert.Equal(stored, value?.GetRawText());
    }

    [Fact]
    public void Half_a_surrogate_pair_is_no_text() => Assert.False(FieldText.TryReadText(Field("text"), "a\ud800", out _));

    [Theory]
    [InlineData("text")]
    [InlineData("number")]
    [InlineData("date")]
    [InlineData("yes_no")]
    [InlineData("choice")]
    [InlineData("multi_choice")]
    [InlineData("link")]
    public void A_blank_is_no_value_and_no_error(string type)
    {
        foreach (var blank in new[] { null, "", " \t " })
        {
            Assert.True(FieldText.TryReadText(Field(type), blank, out var value));
            Assert.Null(value);
        }
    }

    [Theory]
    [InlineData("number", "1,234.50")]
    [InlineData("date", "Nov 3, 2026")]
    [InlineData("multi_choice", "silver;gold")]
    [InlineData("link", "example.com")]
    public void What_was_read_is_a_value_in_its_one_form(string type, string text)
    {
        Assert.True(FieldText.TryReadText(Field(type), text, out var value));

        Assert.Null(FieldValue.Read(Field(type), value!.Value, out var stored));
        Assert.Equal(value.Value.GetRawText(), stored!.Value.GetRawText());
    }

    private static CustomField Field(string type) => new(Guid.Empty, "field", "Field", CustomFieldTypes.Parse(type), ["Gold", "Silver", "A, B"], null, 0);
}
