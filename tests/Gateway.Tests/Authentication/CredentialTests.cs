using System.Net;
using System.Net.Http.Headers;

namespace Gateway.Tests.Authentication;

public sealed class CredentialTests : GatewayTests
{
    [Fact]
    public async Task Without_a_credential_the_api_is_closed()
    {
        using var response = await GetAsync("/v1/contacts");

        await response.ProblemAsync(401, "unauthenticated");
        Assert.Equal("Bearer", response.Headers.WwwAuthenticate.Single().Scheme);
        Assert.Empty(Contacts.Requests);
    }

    [Theory]
    [InlineData("ck_0190aaaabbbbccccddddeeeeffff0000", 1)]
    [InlineData("internal-token-of-somebody", 0)]
    [InlineData("eyJhbGciOiJFUzI1NiJ9.e30.c2ln", 0)]
    [InlineData("cv_visitor", 0)]
    [InlineData("ck_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", 0)]
    public async Task An_unknown_credential_is_refused_and_only_a_plausible_one_is_looked_up(string credential, int lookUps)
    {
        using var response = await GetAsync("/v1/contacts", credential);

        await response.ProblemAsync(401, "unauthenticated");
        Assert.Contains("invalid_token", response.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
        Assert.Equal(lookUps, Identity.LookUps);
        Assert.Empty(Contacts.Requests);
    }

    [Fact]
    public async Task The_service_gets_the_internal_token_in_place_of_the_credential()
    {
        var (key, id) = Identity.GiveOut();
        using var response = await GetAsync("/v1/contacts", key);

        var seen = Contacts.Requests.Single();
        Assert.Equal($"Bearer internal-{id}", seen.Headers["Authorization"]);
        Assert.DoesNotContain(seen.Headers.Values, value => value.Contains(key, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Headers_by_which_a_client_pretends_to_be_a_proxy_are_not_believed()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/contacts");
        request.Headers.Authorization = new("Bearer", Identity.GiveOut().Key);
        request.Headers.Add("X-Forwarded-For", "203.0.113.7");
        request.Headers.Add("X-Forwarded-Host", "evil.example");
        request.Headers.Add("X-Forwarded-Proto", "https");
        request.Headers.Add("X-Forwarded-Prefix", "/evil");
        request.Headers.Add("Forwarded", "for=203.0.113.7;host=evil.example");
        using var response = await Client.SendAsync(request);

        var seen = Contacts.Requests.Single().Headers;
        Assert.Equal("127.0.0.1", seen["X-Forwarded-For"].Replace("::ffff:", "", StringComparison.Ordinal));
        Assert.Equal(Client.BaseAddress!.Authority, seen["X-Forwarded-Host"]);
        Assert.Equal("http", seen["X-Forwarded-Proto"]);
        Assert.DoesNotContain("Forwarded", seen.Keys);
        Assert.DoesNotContain("X-Forwarded-Prefix", seen.Keys);
    }

    [Fact]
    public async Task Pages_and_sign_in_get_no_authorization_header_from_outside()
    {
        using var page = await GetAsync("/", "anything");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/sessions") { Content = new StringContent("{}") };
        request.Headers.Authorization = new("Bearer", "internal-token-of-somebody");
        using var response = await Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.DoesNotContain("Authorization", Web.Requests.Single().Headers.Keys);
        Assert.DoesNotContain("Authorization", IdentityBackend.Requests.Single().Headers.Keys);
    }

    [Theory]
    [InlineData("/v1/chat/sessions/1/messages", true)]
    [InlineData("/v1/chat/sessions", true)]
    [InlineData("/v1/contacts", false)]
    public async Task A_visitors_token_goes_through_to_the_chat_alone(string path, bool passes)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent("{}") };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", "cv_visitor");
        using var response = await Client.SendAsync(request);

        Assert.Equal(passes ? HttpStatusCode.OK : HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal(passes ? ["Bearer cv_visitor"] : [], Communications.Requests.Select(seen => seen.Headers["Authorization"]));
    }

    [Fact]
    public async Task A_webhook_needs_no_credential_and_keeps_its_own_header()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/webhooks/twilio/messages?a=b") { Content = new StringContent("From=x") };
        request.Headers.Authorization = new("Basic", "dXNlcjpwdw==");
        using var response = await Client.SendAsync(request);

        var seen = Communications.Requests.Single();
        Assert.Equal("/webhooks/twilio/messages?a=b", seen.Target);
        Assert.Equal("Basic dXNlcjpwdw==", seen.Headers["Authorization"]);
        Assert.Equal(Client.BaseAddress!.Authority, seen.Headers["X-Forwarded-Host"]);
    }

    [Theory]
    [InlineData("/v1/chat/sessions")]
    [InlineData("/v1/chat/sessions/1/messages")]
    [InlineData("/v1/chat/widgets")]
    public async Task A_browser_may_ask_the_chat_whether_its_page_is_welcome(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Options, path);
        request.Headers.Add("Origin", "https://shop.example");
        request.Headers.Add("Access-Control-Request-Method", "POST");
        using var response = await Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("https://shop.example", Communications.Requests.Single().Headers["Origin"]);
    }
}
