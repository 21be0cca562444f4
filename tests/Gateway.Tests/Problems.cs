using System.Text.Json.Nodes;

namespace Gateway.Tests;

internal static class Problems
{
    /// <summary>Asserts a problem document of this status and type, and returns it.</summary>
    public static async Task<JsonNode> ProblemAsync(this HttpResponseMessage response, int status, string slug)
    {
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(status == (int)response.StatusCode, $"{(int)response.StatusCode}: {text}");
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var problem = JsonNode.Parse(text)!;
        Assert.Equal("urn:contacts:problem:" + slug, (string?)problem["type"]);
        Assert.Equal(status, (int)problem["status"]!);
        Assert.Matches("^[0-9a-f]{32}$", (string?)problem["trace_id"]);
        return problem;
    }
}
