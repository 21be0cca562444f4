using System.Diagnostics;
using Contacts.AppHost.Local.Running;
using Contacts.AppHost.Local.Servers;

namespace AppHost.Tests.Local;

/// <summary>A real AppHost process with a small topology: PostgreSQL, the echo service and, with --Messaging=true, RabbitMQ.</summary>
internal sealed class TinyHost(TemporaryFolder folder) : IAsyncDisposable
{
    private readonly DataFolder _data = new(folder["data"]);
    private ChildProcess? _process;

    public ChildProcess Process => _process!;

    public RunFile Run => RunFile.Read(_data)!;

    public RunFile.Part Part(string name) => Run.Parts.Single(part => part.Name == name);

    public static ChildProcess Start(TemporaryFolder folder, string data, params string[] arguments)
    {
        var own = new DirectoryInfo(AppContext.BaseDirectory);
        var program = Path.Combine(own.Parent!.Parent!.FullName, "TinyHost", own.Name, "TinyHost.dll");
        return ChildProcess.Start(
            new Command("dotnet", [program, "--data", folder[data], .. arguments]) { InheritsEnvironment = true, WorkingDirectory = folder.Path }
        );
    }

    public async Task StartAsync(params string[] arguments)
    {
        _process = Start(folder, "data", arguments);
        await Until(() => RunFile.Read(_data) is { State: "running" } run && run.Pid == _process.Pid);
    }

    public async Task Until(Func<bool> happened)
    {
        var since = Stopwatch.GetTimestamp();
        while (!happened())
        {
            if (Process.Exited.IsCompleted || Stopwatch.GetElapsedTime(since) > TimeSpan.FromSeconds(60))
                Assert.Fail(string.Join('\n', Process.LastLines));
            await Task.Delay(50);
        }
    }

    /// <summary>Whatever runs out of this test's folder: its environment, its arguments or its working folder name it.</summary>
    public IReadOnlyList<string> Processes()
    {
        var found = new List<string>();
        foreach (var process in Directory.GetDirectories("/proc").Where(path => int.TryParse(Path.GetFileName(path), out _)))
        {
            try
            {
                var command = File.ReadAllText(Path.Combine(process, "cmdline")).Replace('\0', ' ');
                if ((command + File.ReadAllText(Path.Combine(process, "environ"))).Contains(folder.Path, StringComparison.Ordinal))
                    found.Add(command);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Ended meanwhile, or not ours to look into.
            }
        }

        return found;
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
            await _process.StopAsync(Signal.Terminate, TimeSpan.FromSeconds(20));
    }
}
