using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace EndToEnd.Tests;

/// <summary>The world outside: people who text and call, through the provider's simulator.</summary>
public sealed class PhoneNetwork(HttpClient simulator)
{
    public const string Business = "+16045550100";
    private static int s_people;

    /// <summary>A number that nobody has used yet.</summary>
    public static string NewPerson() => $"+1604200{Interlocked.Increment(ref s_people):D4}";

    public static async Task RegisterBusinessNumberAsync(HttpClient api)
    {
        var answer = await api.PutAsJsonAsync(
            $"/v1/phone-numbers/{Uri.EscapeDataString(Business)}",
            new { label = "Main line", answer = new { kind = "say", text = "Thank you for calling." } }
        );
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>
    /// Answers when the webhook has been acknowledged. A refusal (a part that was just killed) is repeated with the same id, as a provider that is told to retry does.
    /// </summary>
    public async Task TextAsync(string from, string body, string to = Business)
    {
        var sid = $"SM{Guid.CreateVersion7():N}";
        for (var tries = 1; ; tries++)
        {
            var text = await PostAsync(
                "/simulator/texts",
                new
                {
                    from,
                    to,
                    body,
                    message_sid = sid,
                }
            );
            if ((bool)text["acknowledged"]!)
            {
                return;
            }
            Assert.True(tries < 5, $"The text was never acknowledged: {text}");
            await Task.Delay(200);
        }
    }

    public async Task<JsonNode> CallAsync(object call) => await PostAsync("/simulator/calls", call);

    /// <summary>Texts at a steady rate, retried as the provider does; answers when all is over.</summary>
    public async Task<JsonNode> LoadAsync(object load) => await PostAsync("/simulator/load", load);

    public async Task<JsonNode> DeliveriesAsync() => JsonNode.Parse(await simulator.GetStringAsync("/simulator/deliveries?limit=200"))!;

    private async Task<JsonNode> PostAsync(string path, object body)
    {
        var answer = await simulator.PostAsJsonAsync(path, body);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {(int)answer.StatusCode} {text}");
        return JsonNode.Parse(text)!;
    }
}
