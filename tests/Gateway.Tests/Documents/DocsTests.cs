using System.Net;
using System.Text.RegularExpressions;
using Gateway.Documents;
using Microsoft.OpenApi;

namespace Gateway.Tests.Documents;

public sealed class DocsTests : GatewayTests
{
    [Fact]
    public async Task The_page_loads_nothing_from_other_hosts()
    {
        using var page = await GetAsync("/docs/");
        var html = await page.Content.ReadAsStringAsync();

        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Contains("openapi/v1.json", html, StringComparison.Ordinal);
        Assert.DoesNotMatch("(src|href)=\"(https?:)?//", html);
        var policy = page.Headers.GetValues("Content-Security-Policy").Single();
        var nonces = Regex.Matches(html, "nonce=\"([^\"]+)\"").Select(match => match.Groups[1].Value).Distinct().ToList();
        Assert.DoesNotContain("script-src 'self' 'unsafe-inline'", policy, StringComparison.Ordinal);
        Assert.Contains($"'nonce-{Assert.Single(nonces)}'", policy, StringComparison.Ordinal);
        foreach (Match script in Regex.Matches(html, "<script[^>]* src=\"([^\"]+)\""))
        {
            using var response = await GetAsync("/docs/" + script.Groups[1].Value);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }
    }

    [Fact]
    public async Task The_document_holds_every_services_operations()
    {
        using var response = await GetAsync(DocumentRoutes.DocumentPath);
        var document = OpenApiDocument.Parse(await response.Content.ReadAsStringAsync(), "json");

        Assert.Empty(document.Diagnostic!.Errors);
        Assert.Contains("/v1/contacts/{id}/timeline", document.Document!.Paths.Keys);
        Assert.Contains("/v1/sessions", document.Document.Paths.Keys);
    }
}
