using System.Net;
using System.Net.Http.Headers;
using CommunicationsIngest.Recordings;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Testing;

namespace CommunicationsIngest.Tests.Recordings;

public sealed class FetchRecordingsTests(PostgresFixture postgres)
{
    private const string Path = "/2010-04-01/Accounts/AC00000000000000000000000000000001/Recordings/RE1";
    private static readonly byte[] Audio = [.. Enumerable.Range(0, 200_000).Select(i => (byte)i)];

    [Fact]
    public async Task A_recording_is_fetched_with_credentials_kept_and_played()
    {
        await using var provider = await ProviderHost.StartAsync();
        await using var communications = await StartAsync(provider);
        var id = await CallAsync(communications);

        await ReportAsync(communications, provider.Url + Path);
        await WaitForAsync(communications, "stored");

        var request = Assert.Single(provider.Requests);
        Assert.Equal(Path + ".wav", request.Path);
        Assert.Equal("Basic QUMwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMToxMjM0NQ==", request.Authorization);
        var whole = await communications.Api.GetAsync($"/v1/calls/{id}/recording");
        Assert.Equal("audio/wav", whole.Content.Headers.ContentType!.MediaType);
        Assert.Equal(Audio, await whole.Content.ReadAsByteArrayAsync());
        using var ranged = new HttpRequestMessage(HttpMethod.Get, $"/v1/calls/{id}/recording");
        ranged.Headers.Range = new RangeHeaderValue(1000, 1999);
        var part = await communications.Api.SendAsync(ranged);
        Assert.Equal(HttpStatusCode.PartialContent, part.StatusCode);
        Assert.Equal(Audio[1000..2000], await part.Content.ReadAsByteArrayAsync());
        var recording = (await communications.OnlyConversationAsync()).GetProperty("recordings")[0];
        Assert.Equal(42, recording.GetProperty("duration_seconds").GetInt32());
    }

    [Fact]
    public async Task Only_its_own_workspace_with_the_scope_hears_it()
    {
        await using var provider = await ProviderHost.StartAsync();
        await using var communications = await StartAsync(provider);
        var id = await CallAsync(communications);
        await ReportAsync(communications, provider.Url + Path);
        await WaitForAsync(communications, "stored");
        using var other = communications.Factory.CreateClient(Guid.CreateVersion7());
        using var unscoped = communications.Factory.CreateClient(communications.WorkspaceId, "contacts:read");

        Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync($"/v1/calls/{id}/recording")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await unscoped.GetAsync($"/v1/calls/{id}/recording")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await communications.Anonymous.GetAsync($"/v1/calls/{id}/recording")).StatusCode);
    }

    [Fact]
    public async Task What_cannot_be_had_now_is_tried_again_later()
    {
        await using var provider = await ProviderHost.StartAsync();
        provider.Status = HttpStatusCode.NotFound;
        await using var communications = await StartAsync(provider);
        var id = await CallAsync(communications);
        await ReportAsync(communications, provider.Url + Path);
        await WaitForAsync(communications, "waiting", "r.attempts = 1 AND r.next_attempt_at < now() + interval '1 minute'");

        provider.Status = HttpStatusCode.OK;
        var job = communications.Factory.Services.GetServices<IHostedService>().OfType<FetchRecordings>().Single();
        await job.FetchDueAsync(TimeProvider.System.GetUtcNow().AddMinutes(1), CancellationToken.None);

        Assert.Equal(HttpStatusCode.OK, (await communications.Api.GetAsync($"/v1/calls/{id}/recording")).StatusCode);
    }

    [Theory]
    [InlineData("http://169.254.169.254/latest/meta-data")]
    [InlineData("http://127.0.0.1:1" + Path)]
    [InlineData("http://localhost:5432" + Path)]
    [InlineData("https://api.twilio.com.evil.example" + Path)]
    [InlineData("https://evil.example/2010-04-01/Accounts/x")]
    [InlineData("file:///etc/passwd")]
    [InlineData("/2010-04-01/Accounts/x")]
    [InlineData("not a url")]
    [InlineData("")]
    public async Task What_is_not_at_the_providers_address_is_refused_and_never_asked_for(string url)
    {
        await using var provider = await ProviderHost.StartAsync();
        await using var communications = await StartAsync(provider);
        await CallAsync(communications);

        var response = await ReportAsync(communications, url);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        await WaitForAsync(communications, "refused", "r.source_url IS NULL AND r.attempts = 0");
        Assert.Empty(provider.Requests);
    }

    [Fact]
    public async Task At_the_providers_address_only_accounts_are_asked_for()
    {
        await using var provider = await ProviderHost.StartAsync();
        await using var communications = await StartAsync(provider);
        await CallAsync(communications);

        await ReportAsync(communications, provider.Url + "/2010-04-01/Accounts/../../admin");

        await WaitForAsync(communications, "refused");
        Assert.Empty(provider.Requests);
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        await using var elsewhere = await ProviderHost.StartAsync();
        await using var provider = await ProviderHost.StartAsync();
        provider.RedirectTo = elsewhere.Url + "/secrets";
        await using var communications = await StartAsync(provider);
        await CallAsync(communications);

        await ReportAsync(communications, provider.Url + Path);

        await WaitForAsync(communications, "refused", "r.attempts = 1");
        Assert.Single(provider.Requests);
        Assert.Empty(elsewhere.Requests);
    }

    [Fact]
    public async Task News_in_any_order_and_repeated_make_one_recording()
    {
        await using var provider = await ProviderHost.StartAsync();
        await using var communications = await StartAsync(provider);
        await CallAsync(communications);

        await ReportAsync(communications, provider.Url + Path);
        await WaitForAsync(communications, "stored");
        await ReportAsync(communications, "", "in-progress");
        await ReportAsync(communications, provider.Url + Path);
        await ReportAsync(communications, "", "failed");

        await WaitForAsync(communications, "stored");
        Assert.Single(provider.Requests);
        Assert.Equal(1, await communications.SqlAsync<int>("SELECT count(*)::int FROM recordings"));
    }

    [Fact]
    public async Task A_recording_of_an_unknown_call_is_a_404()
    {
        await using var provider = await ProviderHost.StartAsync();
        await using var communications = await StartAsync(provider);

        Assert.Equal(HttpStatusCode.NotFound, (await ReportAsync(communications, provider.Url + Path)).StatusCode);
    }

    private Task<Communications> StartAsync(ProviderHost provider) =>
        Communications.StartAsync(postgres, new Dictionary<string, string?> { ["Twilio:BaseUrl"] = provider.Url });

    private static async Task<Guid> CallAsync(Communications communications)
    {
        await communications.TwilioAsync(
            "/webhooks/twilio/calls",
            ("CallSid", "CA1"),
            ("From", "+16045550142"),
            ("To", Communications.OwnNumber),
            ("CallStatus", "ringing")
        );
        return (await communications.OnlyConversationAsync()).GetProperty("id").GetGuid();
    }

    private static Task<HttpResponseMessage> ReportAsync(Communications communications, string url, string status = "completed") =>
        communications.TwilioAsync(
            "/webhooks/twilio/recordings",
            ("RecordingSid", "RE1"),
            ("CallSid", "CA1"),
            ("RecordingUrl", url),
            ("RecordingStatus", status),
            ("RecordingDuration", "42"),
            ("RecordingChannels", "2")
        );

    private static async Task WaitForAsync(Communications communications, string state, string condition = "true")
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (await communications.SqlAsync<int>($"SELECT count(*)::int FROM recordings r WHERE r.state = @state AND {condition}", new { state }) == 0)
        {
            await Task.Delay(50, timeout.Token);
        }
    }

    /// <summary>A host that gives out a recording to whoever asks, and remembers who did.</summary>
    private sealed class ProviderHost(WebApplication app) : IAsyncDisposable
    {
        public string Url => app.Urls.First();
        public List<(string Path, string Authorization)> Requests { get; } = [];
        public HttpStatusCode Status { get; set; } = HttpStatusCode.OK;
        public string? RedirectTo { get; set; }

        public static async Task<ProviderHost> StartAsync()
        {
            var builder = WebApplication.CreateBuilder();
            builder.Logging.ClearProviders();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            var app = builder.Build();
            var provider = new ProviderHost(app);
            app.MapGet("/{**path}", (HttpContext http) => provider.Answer(http));
            await app.StartAsync();
            return provider;
        }

        private IResult Answer(HttpContext http)
        {
            lock (Requests)
            {
                Requests.Add((http.Request.Path, http.Request.Headers.Authorization.ToString()));
            }
            return RedirectTo is not null ? Results.Redirect(RedirectTo)
                : Status == HttpStatusCode.OK ? Results.Bytes(Audio, "audio/x-wav")
                : Results.StatusCode((int)Status);
        }

        public ValueTask DisposeAsync() => app.DisposeAsync();
    }
}
