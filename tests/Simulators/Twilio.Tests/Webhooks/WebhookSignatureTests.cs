using Simulators.Twilio.Webhooks;

namespace Simulators.Twilio.Tests.Webhooks;

public class WebhookSignatureTests
{
    [Theory]
    [InlineData("https://mycompany.com/myapp.php?foo=1&bar=2")]
    [InlineData("https://mycompany.com/myapp.php?foo=1&bar=2#rc=3")]
    public void The_published_vector_holds_and_the_fragment_is_no_part_of_it(string url)
    {
        var parameters = new Dictionary<string, string>
        {
            ["Digits"] = "1234",
            ["To"] = "+18005551212",
            ["From"] = "+14158675309",
            ["Caller"] = "+14158675309",
            ["CallSid"] = "CA1234567890ABCDE",
        };

        Assert.Equal("RSOYDt4T1cUTdK1PDd93/VVr8B8=", WebhookSignature.Sign("12345", url, parameters));
    }

    /// <summary>The expected value was made with another implementation of HMAC, over <c>https://example.com/wBody a b\r\nToStateBCTo_xtoé</c>.</summary>
    [Fact]
    public void Values_are_signed_untrimmed_in_utf8_and_names_in_ordinal_order()
    {
        var parameters = new Dictionary<string, string>
        {
            ["to"] = "é",
            ["To_"] = "x",
            ["ToState"] = "BC",
            ["Body"] = " a b\r\n",
        };

        Assert.Equal("U533DWxBavcGCNtlRbqM2gizcyY=", WebhookSignature.Sign("12345", "https://example.com/w", parameters));
    }
}
