using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;

namespace EndToEnd.Tests;

internal static class Api
{
    public static async Task<JsonNode> GetJsonAsync(this HttpClient client, string path)
    {
        using var answer = await client.GetAsync(path);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"GET {path}: {(int)answer.StatusCode} {text}");
        return JsonNode.Parse(text)!;
    }

    public static async Task<JsonNode> PostJsonAsync(this HttpClient client, string path, object body)
    {
        using var answer = await client.PostAsync(path, Json(body));
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"POST {path}: {(int)answer.StatusCode} {text}");
        return JsonNode.Parse(text)!;
    }

    public static StringContent Json(object body) => new(System.Text.Json.JsonSerializer.Serialize(body), Encoding.UTF8, "application/json");

    /// <summary>Asserts a problem document of this status; returns its type's last word.</summary>
    public static async Task<string> ProblemAsync(this HttpResponseMessage answer, int status)
    {
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(status == (int)answer.StatusCode, $"Expected {status}, got {(int)answer.StatusCode}: {text}");
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        return ((string)JsonNode.Parse(text)!["type"]!).Split(':')[^1];
    }

    /// <summary>The contacts with this phone.</summary>
    public static async Task<JsonArray> ContactsAsync(this HttpClient api, string phone) =>
        (await api.GetJsonAsync($"/v1/contacts?phone={Uri.EscapeDataString(phone)}"))["data"]!.AsArray();

    /// <summary>Asks again until the answer satisfies; fails with the last answer.</summary>
    public static async Task<T> EventuallyAsync<T>(Func<Task<T>> ask, Func<T, bool> satisfies, TimeSpan? within = null)
    {
        var clock = Stopwatch.StartNew();
        while (true)
        {
            var answer = await ask();
            if (satisfies(answer))
            {
                return answer;
            }
            Assert.True(clock.Elapsed < (within ?? TimeSpan.FromSeconds(15)), $"Not satisfied after {clock.Elapsed.TotalSeconds:N1} s: {answer}");
            await Task.Delay(25);
        }
    }
}
