using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace Simulators.Twilio.Tests;

/// <summary>A simulator on a free port and a receiver for its webhooks.</summary>
internal sealed class SimulatorUnderTest : IAsyncDisposable
{
    public const string AccountSid = "AC0123456789abcdef0123456789abcdef";
    public const string AuthToken = "12345";
    public const string Ours = "+16045550100";
    public const string Theirs = "+16045550142";

    private readonly WebApplication app;

    private SimulatorUnderTest(WebApplication app, Receiver receiver)
    {
        this.app = app;
        Receiver = receiver;
        Http = new HttpClient { BaseAddress = new Uri(app.Urls.First()), Timeout = TimeSpan.FromSeconds(60) };
        Api = new HttpClient { BaseAddress = new Uri(app.Urls.First() + $"/2010-04-01/Accounts/{AccountSid}/") };
        Api.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Basic",
            Convert.ToBase64String(Encoding.UTF8.GetBytes($"{AccountSid}:{AuthToken}"))
        );
    }

    public Receiver Receiver { get; }

    /// <summary>The control API.</summary>
    public HttpClient Http { get; }

    /// <summary>The REST API, signed in.</summary>
    public HttpClient Api { get; }

    public static async Task<SimulatorUnderTest> StartAsync(params (string Key, string Value)[] settings)
    {
        var receiver = await Receiver.StartAsync();
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Configuration.AddInMemoryCollection(
            new Dictionary<string, string?>
            {
                ["Twilio:AccountSid"] = AccountSid,
                ["Twilio:AuthToken"] = AuthToken,
                ["PublicUrl"] = receiver.Url,
                ["Simulator:TimeScale"] = "0.001",
                ["Simulator:MessageStepMs"] = "5",
                ["Simulator:Seed"] = "1",
            }
        );
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)));
        builder.AddTwilio();
        var app = builder.Build();
        app.MapTwilio();
        await app.StartAsync();
        return new SimulatorUnderTest(app, receiver);
    }

    public async Task<JsonElement> PostAsync(string path, object body)
    {
        using var answer = await Http.PostAsJsonAsync(path, body);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    public async Task<(int Status, JsonElement Body)> ApiPostAsync(string path, params (string Key, string Value)[] form)
    {
        using var content = new FormUrlEncodedContent(form.Select(field => KeyValuePair.Create(field.Key, field.Value)));
        using var answer = await Api.PostAsync(path, content);
        return ((int)answer.StatusCode, await answer.Content.ReadFromJsonAsync<JsonElement>());
    }

    /// <summary>Waits until the status callback of the call's end has arrived.</summary>
    public Task EndAsync(JsonElement call)
    {
        var sid = call.GetProperty("sid").GetString();
        return UntilAsync(() => Receiver.Requests.Any(request => request.Form.GetValueOrDefault("CallSid") == sid && request.Form.ContainsKey("CallDuration")));
    }

    /// <summary>Waits for what happens after an answer; fails after ten seconds.</summary>
    public static async Task UntilAsync(Func<bool> condition)
    {
        for (var tries = 0; !condition(); tries++)
        {
            Assert.True(tries < 1000, "It did not happen within ten seconds.");
            await Task.Delay(10);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        Api.Dispose();
        await app.DisposeAsync();
        await Receiver.DisposeAsync();
    }
}
