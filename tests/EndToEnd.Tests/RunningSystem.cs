using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Headers;
using System.Reflection;
using System.Text.Json.Nodes;
using Contacts.AppHost.Local.Servers;

namespace EndToEnd.Tests;

/// <summary>
/// The whole system as it ships: AppHost run as a process with throw-away data and free ports, demo mode without the demo's own story. Tests reach it through the gateway,
/// and the phone network through the simulator.
/// </summary>
public sealed class RunningSystem : IAsyncLifetime
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromMinutes(3);

    private readonly string _data = Path.Combine(Path.GetTempPath(), $"contacts-e2e-{Guid.CreateVersion7():N}");
    private Process? _appHost;
    private JsonNode _state = new JsonObject();

    public Uri Url => new((string)_state["url"]!);

    public string ApiKey => (string)_state["demo"]!["apiKey"]!;

    public string Email => (string)_state["demo"]!["email"]!;

    public string Password => (string)_state["demo"]!["password"]!;

    /// <summary>The gateway, with the demo workspace's key.</summary>
    public HttpClient Api { get; private set; } = null!;

    /// <summary>The gateway, as a stranger.</summary>
    public HttpClient Anonymous { get; private set; } = null!;

    public PhoneNetwork Phones { get; private set; } = null!;

    public string TwilioAuthToken => Parameter("twilioauthtoken");

    public string TwilioAccountSid => Parameter("twilioaccountsid");

    public string Logs => Path.Combine(_data, "logs");

    public async ValueTask InitializeAsync()
    {
        var configuration = typeof(RunningSystem).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration.ToLowerInvariant();
        var appHost = Path.Combine(Repository(), "artifacts", "bin", "AppHost", configuration, "AppHost.dll");
        _appHost = Process.Start(
            new ProcessStartInfo(
                "dotnet",
                [appHost, "--data", _data, $"--Gateway:Port={FreePort.Take()}", "--Demo:Seed=false", "--RateLimits:RequestsPerMinute=1000000"]
            )
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        var output = Read(_appHost.StandardOutput);
        var errors = Read(_appHost.StandardError);

        var clock = Stopwatch.StartNew();
        while (!IsHealthy())
        {
            if (_appHost.HasExited || clock.Elapsed > StartTimeout)
            {
                throw new InvalidOperationException($"The system did not start.\n{string.Join('\n', output.Concat(errors).TakeLast(60))}");
            }
            await Task.Delay(200);
        }
        Anonymous = new HttpClient { BaseAddress = Url };
        Api = new HttpClient { BaseAddress = Url, DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", ApiKey) } };
        Phones = new PhoneNetwork(new HttpClient { BaseAddress = new Uri((string)Part("twilio")["url"]!), Timeout = TimeSpan.FromMinutes(5) });
        await PhoneNetwork.RegisterBusinessNumberAsync(Api);
    }

    /// <summary>kill -9. The host starts the part again by itself.</summary>
    public void Kill(string part)
    {
        using var process = Process.GetProcessById(PidOf(part));
        process.Kill();
    }

    public int PidOf(string part)
    {
        _state = JsonNode.Parse(File.ReadAllText(StateFile))!;
        return (int)Part(part)["pid"]!;
    }

    /// <summary>The password of the database server is in here: for looking at what is stored, never for writing.</summary>
    public string ConnectionString(string database) => (string)_state["connectionStrings"]![database]!;

    public async ValueTask DisposeAsync()
    {
        if (_appHost is { HasExited: false })
        {
            using var stop = Process.Start("kill", ["-TERM", $"{_appHost.Id}"]);
            await _appHost.WaitForExitAsync(new CancellationTokenSource(TimeSpan.FromSeconds(40)).Token);
        }
        _appHost?.Dispose();
        if (Directory.Exists(_data))
        {
            Directory.Delete(_data, recursive: true);
        }
    }

    private string Parameter(string name) => (string)JsonNode.Parse(File.ReadAllText(Path.Combine(_data, "parameters.json")))![name]!;

    private string StateFile => Path.Combine(_data, "run.json");

    private JsonNode Part(string name) => _state["parts"]!.AsArray().Single(part => (string)part!["name"]! == name)!;

    private bool IsHealthy()
    {
        if (!File.Exists(StateFile))
        {
            return false;
        }
        _state = JsonNode.Parse(File.ReadAllText(StateFile))!;
        return (string?)_state["state"] == "running";
    }

    private static ConcurrentQueue<string> Read(StreamReader reader)
    {
        var lines = new ConcurrentQueue<string>();
        _ = Task.Run(async () =>
        {
            while (await reader.ReadLineAsync() is { } line)
            {
                lines.Enqueue(line);
            }
        });
        return lines;
    }

    public static string Repository()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory!.FullName, "Contacts.sln")))
        {
            directory = directory.Parent;
        }
        return directory.FullName;
    }
}
