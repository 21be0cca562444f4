using System.Security.Cryptography;
using CommunicationsIngest.Providers.Twilio;

namespace CommunicationsIngest.Tests.Providers.Twilio;

public sealed class TwilioSignatureTests
{
    private const string Url = "https://mycompany.com/myapp.php?foo=1&bar=2";
    private const string Signature = "RSOYDt4T1cUTdK1PDd93/VVr8B8=";

    /// <summary>From Twilio's own documentation.</summary>
    private static readonly Dictionary<string, string[]> Parameters = new()
    {
        ["To"] = ["+18005551212"],
        ["From"] = ["+14158675309"],
        ["Digits"] = ["1234"],
        ["Caller"] = ["+14158675309"],
        ["CallSid"] = ["CA1234567890ABCDE"],
    };

    [Fact]
    public void The_published_vector_passes() => Assert.True(TwilioSignature.SignsForm("12345", new(Url), Parameters, Signature));

    [Theory]
    [InlineData("https://mycompany.com:443/myapp.php?foo=1&bar=2")]
    [InlineData("https://mycompany.com/myapp.php?foo=1&bar=2#part")]
    [InlineData("https://mycompany.com:8443/myapp.php?foo=1&bar=2")]
    public void With_a_port_or_a_fragment_it_is_the_same_request(string url) =>
        Assert.True(TwilioSignature.SignsForm("12345", new(url), Parameters, Signature));

    [Fact]
    public void A_signature_made_with_the_port_passes_where_we_know_the_url_without() =>
        Assert.True(
            TwilioSignature.SignsForm(
                "12345",
                new(Url),
                Parameters,
                TwilioSignature.Compute("12345", Url.Replace(".com/", ".com:443/", StringComparison.Ordinal), Parameters)
            )
        );

    [Theory]
    [InlineData("12346", Url, Signature)]
    [InlineData("", Url, Signature)]
    [InlineData("12345", "https://mycompany.com/myapp.php?foo=1&bar=3", Signature)]
    [InlineData("12345", "https://mycompany.com.evil.example/myapp.php?foo=1&bar=2", Signature)]
    [InlineData("12345", Url, "RSOYDt4T1cUTdK1PDd93/VVr8B4=")]
    [InlineData("12345", Url, "")]
    [InlineData("12345", Url, null)]
    [InlineData("12345", Url, "not base64")]
    [InlineData("12345", Url, "c2hvcnQ=")]
    public void Anything_else_does_not(string token, string url, string? signature) =>
        Assert.False(TwilioSignature.SignsForm(token, new(url), Parameters, signature));

    [Fact]
    public void A_changed_added_or_removed_parameter_does_not()
    {
        Assert.False(TwilioSignature.SignsForm("12345", new(Url), new Dictionary<string, string[]>(Parameters) { ["Digits"] = ["1234 "] }, Signature));
        Assert.False(TwilioSignature.SignsForm("12345", new(Url), new Dictionary<string, string[]>(Parameters) { ["More"] = [""] }, Signature));
        Assert.False(TwilioSignature.SignsForm("12345", new(Url), Parameters.Skip(1), Signature));
    }

    [Fact]
    public void A_json_body_is_signed_by_its_hash_in_the_url()
    {
        var body = """{"a":1}"""u8.ToArray();
        var hash = Convert.ToHexStringLower(SHA256.HashData(body));
        var url = $"https://mycompany.com/hook?bodySHA256={hash}";
        var signature = TwilioSignature.Compute("12345", url, []);

        Assert.True(TwilioSignature.SignsBody("12345", new(url), body, hash, signature));
        Assert.False(TwilioSignature.SignsBody("12345", new(url), "{}"u8, hash, signature));
        Assert.False(TwilioSignature.SignsBody("12345", new(url), body, null, signature));
        Assert.False(TwilioSignature.SignsBody("12345", new(url), body, hash.ToUpperInvariant(), signature));
        Assert.False(TwilioSignature.SignsBody("12345", new("https://mycompany.com/other"), body, hash, signature));
    }
}
