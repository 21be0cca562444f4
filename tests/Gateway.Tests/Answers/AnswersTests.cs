using System.Net;

namespace Gateway.Tests.Answers;

public sealed class AnswersTests : GatewayTests
{
    [Fact]
    public async Task A_service_that_is_down_is_503()
    {
        var key = Identity.GiveOut().Key;
        await Contacts.DisposeAsync();

        using var response = await GetAsync("/v1/contacts", key);

        await response.ProblemAsync(503, "unavailable");
        Assert.NotNull(response.Headers.RetryAfter);
    }

    [Fact]
    public async Task What_a_service_answers_goes_out_as_it_is()
    {
        Contacts.Answer = async context =>
        {
            context.Response.StatusCode = 409;
            context.Response.ContentType = "application/problem+json";
            await context.Response.Body.WriteAsync("""{"type":"urn:contacts:problem:contact-exists"}"""u8.ToArray());
        };
        using var response = await GetAsync("/v1/contacts", Identity.GiveOut().Key);

        Assert.Equal(HttpStatusCode.Conflict, response.StatusCode);
        Assert.Equal("""{"type":"urn:contacts:problem:contact-exists"}""", await response.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("/v1/contacts", "default-src 'none'; frame-ancestors 'none'")]
    [InlineData("/v1/nothing", "default-src 'none'; frame-ancestors 'none'")]
    [InlineData("/", "frame-ancestors 'none'")]
    public async Task Every_answer_carries_security_headers(string path, string policy)
    {
        using var response = await GetAsync(path, Identity.GiveOut().Key);

        Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("strict-origin-when-cross-origin", response.Headers.GetValues("Referrer-Policy").Single());
        Assert.Equal(policy, response.Headers.GetValues("Content-Security-Policy").Single());
        Assert.False(response.Headers.Contains("Server"));
    }

    [Fact]
    public async Task The_ui_sets_its_own_content_policy()
    {
        Web.Answer = context =>
        {
            context.Response.Headers.ContentSecurityPolicy = "default-src 'self'";
            return Task.CompletedTask;
        };
        using var response = await GetAsync("/");

        Assert.Equal("default-src 'self'", response.Headers.GetValues("Content-Security-Policy").Single());
    }

    [Fact]
    public async Task Health_is_the_gateways_own()
    {
        using var response = await GetAsync("/alive");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Empty(Web.Requests);
    }
}
