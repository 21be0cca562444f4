namespace Gateway.Tests.Answers;

public sealed class TrustedProxiesTests : GatewayTests
{
    protected override Dictionary<string, string?> Settings =>
        new() { ["ForwardedHeaders:KnownNetworks:0"] = "127.0.0.0/8", ["ForwardedHeaders:KnownNetworks:1"] = "::1/128" };

    [Fact]
    public async Task A_named_proxy_is_believed_about_who_came_and_how()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/webhooks/x") { Content = new StringContent("a=b") };
        request.Headers.Add("X-Forwarded-For", "198.51.100.1, 203.0.113.7");
        request.Headers.Add("X-Forwarded-Host", "contacts.example");
        request.Headers.Add("X-Forwarded-Proto", "https");
        using var response = await Client.SendAsync(request);

        var seen = Communications.Requests.Single().Headers;
        // The proxy's own entry; what stands before it the client wrote.
        Assert.Equal("203.0.113.7", seen["X-Forwarded-For"]);
        Assert.Equal("contacts.example", seen["X-Forwarded-Host"]);
        Assert.Equal("https", seen["X-Forwarded-Proto"]);
        Assert.True(response.Headers.Contains("Strict-Transport-Security"));
    }
}
