using System.Net;
using System.Text.Json.Nodes;

namespace Identity.Tests;

internal static class Answers
{
    /// <summary>Asserts the status and reads the body.</summary>
    public static async Task<JsonNode> JsonAsync(this Task<HttpResponseMessage> answering, HttpStatusCode status)
    {
        using var response = await answering;
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(status == response.StatusCode, $"{(int)response.StatusCode}: {text}");
        return JsonNode.Parse(text)!;
    }

    /// <summary>Asserts a problem document of this status and type, and returns it.</summary>
    public static async Task<JsonNode> ProblemAsync(this Task<HttpResponseMessage> answering, int status, string slug)
    {
        using var response = await answering;
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(status == (int)response.StatusCode, $"{(int)response.StatusCode}: {text}");
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var problem = JsonNode.Parse(text)!;
        Assert.Equal("urn:contacts:problem:" + slug, (string?)problem["type"]);
        return problem;
    }

    public static async Task StatusAsync(this Task<HttpResponseMessage> answering, HttpStatusCode status)
    {
        using var response = await answering;
        Assert.True(status == response.StatusCode, $"{(int)response.StatusCode}: {await response.Content.ReadAsStringAsync()}");
    }
}
