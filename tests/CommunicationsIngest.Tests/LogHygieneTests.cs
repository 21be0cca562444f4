using System.Collections.Concurrent;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Testing;

namespace CommunicationsIngest.Tests;

public sealed class LogHygieneTests(PostgresFixture postgres)
{
    [Fact]
    public async Task No_log_line_holds_a_number_a_name_a_message_or_a_token()
    {
        using var log = new LogLines();
        await using var communications = await Communications.StartAsync(
            postgres,
            // Nobody listens there: what the client of the provider's API says of its failure is checked too.
            new Dictionary<string, string?> { ["Twilio:BaseUrl"] = "http://127.0.0.1:1" },
            services => services.AddSingleton<ILoggerProvider>(log)
        );

        await communications.TextAsync("+16045550142", "Xylophone");
        await communications.TextAsync("+16045550142", "Xylophone", to: "+16045550199");
        await communications.Anonymous.SendAsync(SignedRequest.WithoutSignature("/webhooks/twilio/messages", ("From", "+16045550142"), ("Body", "Xylophone")));
        await communications.TwilioAsync(
            "/webhooks/twilio/calls",
            ("CallSid", "CA1"),
            ("From", "+16045550142"),
            ("To", Communications.OwnNumber),
            ("CallStatus", "ringing"),
            ("CallerName", "Xylophone")
        );
        await communications.TwilioAsync(
            "/webhooks/twilio/recordings",
            ("CallSid", "CA1"),
            ("RecordingSid", "RE1"),
            ("RecordingUrl", "https://evil.example/?Xylophone")
        );
        var widget = await (
            await communications.Api.PostAsJsonAsync("/v1/chat/widgets", new { name = "Site", allowed_origins = new[] { "https://a.example" } })
        ).Content.ReadFromJsonAsync<System.Text.Json.JsonElement>();
        var session = await communications.Anonymous.PostAsJsonAsync(
            "/v1/chat/sessions",
            new
            {
                widget_id = widget.GetProperty("id").GetGuid(),
                name = "Xylophone",
                phone = "+16045550142",
            }
        );
        var token = (await session.Content.ReadFromJsonAsync<System.Text.Json.JsonElement>()).GetProperty("visitor_token").GetString()!;
        await communications.TextAsync("+16045550142", "Xylophone. Stop texting me.");
        var outbound = new
        {
            to = "+16045550142",
            body = "Xylophone",
            kind = "manual",
            acknowledge_opt_out = true,
        };
        (await communications.Api.PostAsJsonAsync("/v1/texts", outbound)).EnsureSuccessStatusCode();
        await log.UntilAsync("Text ");
        await communications.Api.PostAsJsonAsync(
            "/v1/consents",
            new
            {
                phone = "+16045550142",
                state = "opted_in",
                evidence = "Xylophone",
            }
        );
        await communications.ConversationsAsync("?phone=%2B16045550142");
        await communications.GetAsync("/v1/phone-numbers/%2B16045550100");

        Assert.Contains(log.Lines, line => line.Contains("Stored text", StringComparison.Ordinal));
        Assert.Contains(log.Lines, line => line.Contains("TraceId", StringComparison.Ordinal));
        foreach (var secret in new[] { "6045550142", "6045550199", "6045550100", "Xylophone", "RequestPath", token, Communications.AuthToken + "\"" })
        {
            Assert.DoesNotContain(log.Lines, line => line.Contains(secret, StringComparison.OrdinalIgnoreCase));
        }
    }

    [Fact]
    public async Task No_log_line_holds_what_was_said_or_captured_with_a_model_that_is_away()
    {
        using var log = new LogLines();
        await using var communications = await Communications.StartAsync(
            postgres,
            new Dictionary<string, string?>
            {
                ["Ai:Endpoint"] = "http://127.0.0.1:9/v1",
                ["Ai:Model"] = "small",
                ["Ai:ApiKey"] = "secret-key-1",
            },
            services => services.AddSingleton<ILoggerProvider>(log)
        );

        await communications.TextAsync("+16045550142", "Hi, this is Maria Xylophone, my email is xylophone@example.com. Call me at 604-555-0177 in two hours");
        var id = await communications.CallAsync();
        await communications.PutTranscriptAsync(id, "person: I need to return a xylophone. My name is Maria Xylophone, my email is xylophone@example.com.");
        for (var i = 0; i < 150 && !await communications.SqlAsync<bool>("SELECT count(summary) > 0 FROM conversations"); i++)
        {
            await Task.Delay(100);
        }

        Assert.True(await communications.SqlAsync<bool>("SELECT bool_or(summary LIKE '%xylophone%') FROM conversations"));
        Assert.Contains(log.Lines, line => line.Contains("The language model could not be asked", StringComparison.Ordinal));
        foreach (var secret in new[] { "6045550142", "6045550177", "604-555-0177", "Xylophone", "secret-key-1" })
        {
            Assert.DoesNotContain(log.Lines, line => line.Contains(secret, StringComparison.OrdinalIgnoreCase));
        }
    }

    /// <summary>Every line with its scopes, as a collector would get it.</summary>
    private sealed class LogLines : ILoggerProvider, ILogger, ISupportExternalScope
    {
        private IExternalScopeProvider? _scopes;

        public ConcurrentQueue<string> Lines { get; } = [];

        public async Task UntilAsync(string word)
        {
            for (var i = 0; !Lines.Any(line => line.StartsWith(word, StringComparison.Ordinal)); i++)
            {
                Assert.True(i < 200, $"No line with {word}.");
                await Task.Delay(50);
            }
        }

        public ILogger CreateLogger(string categoryName) => this;

        public void SetScopeProvider(IExternalScopeProvider scopeProvider) => _scopes = scopeProvider;

        public bool IsEnabled(LogLevel logLevel) => true;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => _scopes?.Push(state);

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var line = $"{formatter(state, exception)} {exception}";
            _scopes?.ForEachScope(
                (scope, _) =>
                    line +=
                        " " + (scope is IEnumerable<KeyValuePair<string, object?>> pairs ? string.Join(' ', pairs.Select(p => $"{p.Key}={p.Value}")) : scope),
                line
            );
            Lines.Enqueue(line);
        }

        public void Dispose() { }
    }
}
