using System.Net;

namespace Gateway.Tests.Limits;

public sealed class RateTests : GatewayTests
{
    protected override Dictionary<string, string?> Settings =>
        new()
        {
            ["RateLimits:RequestsPerMinute"] = "5",
            ["RateLimits:SignInsPerMinute"] = "2",
            ["RateLimits:ChatStartsPerMinute"] = "1",
        };

    [Fact]
    public async Task A_credential_has_its_own_bucket_and_is_told_how_it_stands()
    {
        var (key, other) = (Identity.GiveOut().Key, Identity.GiveOut().Key);
        for (var left = 4; left >= 0; left--)
        {
            using var passes = await GetAsync("/v1/contacts", key);
            Assert.Equal(HttpStatusCode.OK, passes.StatusCode);
            Assert.Equal("5", passes.Headers.GetValues("RateLimit-Limit").Single());
            Assert.Equal($"{left}", passes.Headers.GetValues("RateLimit-Remaining").Single());
            Assert.Equal($"{(5 - left) * 12}", passes.Headers.GetValues("RateLimit-Reset").Single());
        }

        using var refused = await GetAsync("/v1/contacts", key);
        using var others = await GetAsync("/v1/contacts", other);

        await refused.ProblemAsync(429, "rate-limited");
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 12);
        Assert.Equal(HttpStatusCode.OK, others.StatusCode);
        Assert.Equal(6, Contacts.Requests.Count);
    }

    [Fact]
    public async Task A_keys_own_limit_is_kept_where_it_is_lower()
    {
        var (low, high) = (Identity.GiveOut(rateLimit: 1).Key, Identity.GiveOut(rateLimit: 1_000).Key);
        using var first = await GetAsync("/v1/contacts", low);
        using var second = await GetAsync("/v1/contacts", low);
        using var bounded = await GetAsync("/v1/contacts", high);

        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        await second.ProblemAsync(429, "rate-limited");
        Assert.Equal("5", bounded.Headers.GetValues("RateLimit-Limit").Single());
    }

    [Theory]
    [InlineData("/v1/sessions", 2)]
    [InlineData("/v1/chat/sessions", 1)]
    public async Task An_address_can_sign_in_and_start_chats_so_often(string path, int allowed)
    {
        for (var i = 0; i < allowed; i++)
        {
            using var passes = await Client.PostAsync(path, new StringContent("{}"));
            Assert.Equal(HttpStatusCode.OK, passes.StatusCode);
        }
        using var refused = await Client.PostAsync(path, new StringContent("{}"));
        await refused.ProblemAsync(429, "rate-limited");
    }
}
