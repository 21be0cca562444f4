using System.Globalization;
using Contacts.AppHost.Local.Servers;

namespace Benchmarks.Running;

/// <summary>
/// A program of its own process on a free port. The product's services and what they are held against are all started this way, from release builds with the same settings, so
/// that neither shares a heap, a thread pool or a JIT with the other or with the load.
/// </summary>
internal sealed class Part : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly ChildProcess _process;

    private Part(ChildProcess process, Uri url)
    {
        _process = process;
        Url = url;
    }

    public Uri Url { get; }

    /// <param name="project">Name of a project of this solution; its build lies beside ours.</param>
    public static async Task<Part> StartAsync(string project, IReadOnlyDictionary<string, string?> settings, params string[] arguments)
    {
        var ours = new DirectoryInfo(AppContext.BaseDirectory);
        var program = Path.Combine(ours.Parent!.Parent!.FullName, project, ours.Name, project + ".dll");
        var url = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePort.Take()}"));
        var process = ChildProcess.Start(
            new Command("dotnet", [program, .. arguments])
            {
                InheritsEnvironment = true,
                WorkingDirectory = Path.GetDirectoryName(program),
                Environment = new Dictionary<string, string?>(settings) { ["ASPNETCORE_URLS"] = url.AbsoluteUri, ["ASPNETCORE_ENVIRONMENT"] = "Production" },
            }
        );
        var part = new Part(process, url);
        try
        {
            await part.WaitUntilAliveAsync();
            return part;
        }
        catch
        {
            await part.DisposeAsync();
            throw;
        }
    }

    private async Task WaitUntilAliveAsync()
    {
        using var client = new HttpClient();
        using var timeout = new CancellationTokenSource(Patience);
        while (true)
        {
            if (_process.Exited.IsCompleted)
            {
                throw new InvalidOperationException("It ended:\n" + string.Join('\n', _process.LastLines));
            }
            try
            {
                if ((await client.GetAsync(new Uri(Url, "/alive"), timeout.Token)).IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // Not yet.
            }
            await Task.Delay(50, timeout.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _process.StopAsync(Signal.Terminate, TimeSpan.FromSeconds(10));
        await _process.DisposeAsync();
    }
}
