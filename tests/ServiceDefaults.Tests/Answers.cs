using System.Text;
using System.Text.Json.Nodes;

namespace ServiceDefaults.Tests;

internal static class Answers
{
    public static StringContent Json(string json) => new(json, Encoding.UTF8, "application/json");

    public static async Task<JsonNode> JsonAsync(this HttpResponseMessage response) => JsonNode.Parse(await response.Content.ReadAsStringAsync())!;

    /// <summary>Asserts a problem document of this status and type, and returns it.</summary>
    public static async Task<JsonNode> ProblemAsync(this HttpResponseMessage response, int status, string slug)
    {
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var problem = await response.JsonAsync();
        Assert.Equal("urn:contacts:problem:" + slug, (string?)problem["type"]);
        Assert.Equal(status, (int)problem["status"]!);
        Assert.Matches("^[0-9a-f]{32}$", (string?)problem["trace_id"]);
        return problem;
    }
}
