using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Simulators.Twilio.Accounts;

namespace Simulators.Twilio.Demo;

/// <summary>
/// Visitors of the business's web site, through the public chat API. A chat has no id of the outside world by which a repetition could be known: they come only while the
/// demo's widget does not exist yet.
/// </summary>
internal sealed partial class DemoChats(PublicUrl publicUrl, IConfiguration configuration, ILogger<DemoChats> logger)
{
    private const string Widget = "Harbour Dental web site";
    private const string Origin = "https://harbourdental.example";

    private static readonly (string Name, string? Email, string? Phone, string[] Says)[] Visitors =
    [
        ("Priya Raman", "priya.raman@example.com", null, ["Hi! Do you take new patients?", "Great, my son is six. Is that too early for a first visit?"]),
        ("Tom Becker", null, "+16045550188", ["I was just on the phone with you and forgot to ask about parking."]),
        ("Élodie Martin", "elodie@example.com", "+12505550117", ["Bonjour, do you have somebody who speaks French?"]),
    ];

    public async Task PlayAsync(HttpClient http, CancellationToken cancellationToken)
    {
        try
        {
            if (await MakeWidgetAsync(http, cancellationToken) is not { } widget)
                return;
            foreach (var (name, email, phone, says) in Visitors)
            {
                var start = new
                {
                    widget_id = widget,
                    name,
                    email,
                    phone,
                };
                var session = await SendAsync(http, HttpMethod.Post, "/v1/chat/sessions", start, null, cancellationToken);
                foreach (var body in says)
                {
                    var path = $"/v1/chat/sessions/{session["id"]}/messages";
                    await SendAsync(http, HttpMethod.Post, path, new { body }, (string?)session["visitor_token"], cancellationToken);
                }
            }
        }
        catch (Exception failure) when (failure is HttpRequestException or JsonException)
        {
            NotPlayed(failure.Message);
        }
    }

    /// <returns>null when it is there from an earlier start.</returns>
    private async Task<string?> MakeWidgetAsync(HttpClient http, CancellationToken cancellationToken)
    {
        var key = configuration["Demo:ApiKey"];
        var widgets = await SendAsync(http, HttpMethod.Get, "/v1/chat/widgets", null, key, cancellationToken);
        if (widgets["data"]!.AsArray().Any(widget => (string?)widget!["name"] == Widget))
            return null;
        var made = await SendAsync(
            http,
            HttpMethod.Post,
            "/v1/chat/widgets",
            new { name = Widget, allowed_origins = new[] { Origin } },
            key,
            cancellationToken
        );
        return (string)made["id"]!;
    }

    private async Task<JsonNode> SendAsync(HttpClient http, HttpMethod method, string path, object? body, string? token, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, publicUrl.At(path)) { Content = body is null ? null : JsonContent.Create(body) };
        request.Headers.Add("Origin", Origin);
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var answer = await http.SendAsync(request, cancellationToken);
        answer.EnsureSuccessStatusCode();
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync(cancellationToken))!;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The demo chats were not taken: {Reason}")]
    private partial void NotPlayed(string reason);
}
