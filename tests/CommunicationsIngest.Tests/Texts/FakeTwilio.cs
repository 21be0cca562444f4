using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using CommunicationsIngest.Providers.Twilio;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using Testing;

namespace CommunicationsIngest.Tests.Texts;

/// <summary>The REST API as the adapter sees it: notes when each text arrived, answers as it is told.</summary>
public sealed class FakeTwilio : HttpMessageHandler
{
    private int _sids;

    /// <summary>12:00 in Vancouver.</summary>
    public static readonly DateTimeOffset Noon = new(2026, 3, 2, 20, 0, 0, TimeSpan.Zero);

    public ConcurrentQueue<SentText> Sent { get; } = [];

    public Func<SentText, Task<HttpResponseMessage?>> Answer { get; set; } = _ => Task.FromResult<HttpResponseMessage?>(null);

    public static HttpResponseMessage Error(HttpStatusCode status, int code) => new(status) { Content = JsonContent.Create(new { code, message = "no" }) };

    public Task<Communications> StartAsync(PostgresFixture postgres, DateTimeOffset? now = null, params (string Name, string Value)[] settings) =>
        Communications.StartAsync(
            postgres,
            settings.ToDictionary(setting => setting.Name, setting => (string?)setting.Value),
            services =>
            {
                services.AddSingleton<TimeProvider>(new ShiftedClock(now ?? Noon));
                services.AddHttpClient(TwilioTexts.Client).ConfigurePrimaryHttpMessageHandler(() => this);
            }
        );

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var arrived = Stopwatch.GetTimestamp();
        var form = QueryHelpers.ParseQuery(await request.Content!.ReadAsStringAsync(cancellationToken));
        var text = new SentText(
            arrived,
            $"SMf{Interlocked.Increment(ref _sids):x31}",
            form["From"]!,
            form["To"]!,
            form["Body"]!,
            form["StatusCallback"]!,
            request.Headers.Authorization?.ToString()
        );
        Sent.Enqueue(text);
        return await Answer(text) ?? new(HttpStatusCode.Created) { Content = JsonContent.Create(new { sid = text.Sid, status = "queued" }) };
    }

    private sealed class ShiftedClock(DateTimeOffset start) : TimeProvider
    {
        private readonly long _started = Stopwatch.GetTimestamp();

        public override DateTimeOffset GetUtcNow() => start + Stopwatch.GetElapsedTime(_started);
    }
}

public sealed record SentText(long ArrivedAt, string Sid, string From, string To, string Body, string StatusCallback, string? Authorization);
