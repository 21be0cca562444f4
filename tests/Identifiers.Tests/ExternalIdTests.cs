namespace Identifiers.Tests;

public sealed class ExternalIdTests
{
    [Theory]
    [InlineData("hubspot:123", "hubspot:123")]
    [InlineData(" HubSpot:123 ", "hubspot:123")]
    [InlineData("salesforce:0035g00000AbCdE", "salesforce:0035g00000AbCdE")]
    [InlineData("my-crm_2:a:b/c d", "my-crm_2:a:b/c d")]
    [InlineData("sap:Müller 用户 😀", "sap:Müller 用户 😀")]
    public void Reads_ids_and_keeps_their_case(string text, string expected)
    {
        Assert.True(ExternalId.TryParse(text, out var id));
        Assert.Equal(expected, id.Value);
        Assert.Equal(expected, id.ToString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("123")]
    [InlineData(":123")]
    [InlineData("hubspot:")]
    [InlineData("hubspot: ")]
    [InlineData("hubspot: 123")]
    [InlineData("hubspot :123")]
    [InlineData("hub spot:123")]
    [InlineData("hub.spot:123")]
    [InlineData("hübspot:123")]
    [InlineData("\u212aaspar:123")]
    [InlineData("hubspot:\u00a0123")]
    [InlineData("hubspot:12\u00a03")]
    [InlineData("hubspot:12\03")]
    [InlineData("hubspot:12\n3")]
    [InlineData("hubspot:12\u200b3")]
    [InlineData("hubspot:12\U000E00413")]
    public void Refuses_what_is_no_id(string? text) => Assert.False(ExternalId.TryParse(text, out _));

    [Fact]
    public void Refuses_an_unpaired_surrogate() => Assert.False(ExternalId.TryParse("hubspot:1" + '\ud800', out _));

    [Fact]
    public void Keeps_to_its_lengths()
    {
        Assert.True(ExternalId.TryParse($"{new string('s', 30)}:{new string('i', 200)}", out var longest));
        Assert.Equal(ExternalId.MaxLength, longest.Value.Length);
        Assert.False(ExternalId.TryParse($"{new string('s', 31)}:1", out _));
        Assert.False(ExternalId.TryParse($"s:{new string('i', 201)}", out _));
    }
}
