using System.Collections.Concurrent;
using System.Diagnostics;

namespace Contacts.AppHost.Local.Servers;

/// <summary>What to run. A session of its own keeps the terminal's Ctrl-C from it: its owner decides when and how it ends.</summary>
public sealed record Command(string FileName, params IReadOnlyList<string> Arguments)
{
    public ServerAccount? Account { get; init; }

    public string? WorkingDirectory { get; init; }

    /// <summary>Set on top of our own environment, or on top of PATH alone (see <see cref="InheritsEnvironment"/>). Null removes a variable.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();

    public bool InheritsEnvironment { get; init; }

    /// <summary>Called with every line of standard output and error, one at a time.</summary>
    public Action<string>? Output { get; init; }
}

/// <summary>A running process, its last lines, and its end.</summary>
public sealed class ChildProcess : IAsyncDisposable
{
    private const int KeptLines = 100;

    private readonly Process _process;
    private readonly Command _command;
    private readonly ConcurrentQueue<string> _lastLines = new();
    private readonly Lock _output = new();

    private ChildProcess(Process process, Command command)
    {
        _process = process;
        _command = command;
        Pid = process.Id;
        var reading = Task.WhenAll(ReadAsync(process.StandardOutput), ReadAsync(process.StandardError));
        Exited = ExitAsync(reading);
    }

    public int Pid { get; }

    /// <summary>Completes with the exit code (128 + signal number when a signal ended it).</summary>
    public Task<int> Exited { get; }

    public IReadOnlyCollection<string> LastLines => _lastLines;

    public static ChildProcess Start(Command command)
    {
        IReadOnlyList<string> words = ["setsid", .. command.Account?.Prefix ?? [], command.FileName, .. command.Arguments];
        var start = new ProcessStartInfo(words[0], words.Skip(1))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = command.WorkingDirectory ?? "/",
        };
        if (!command.InheritsEnvironment)
        {
            var path = start.Environment["PATH"];
            start.Environment.Clear();
            start.Environment["PATH"] = path;
        }

        foreach (var (name, value) in command.Environment)
        {
            if (value is null)
                start.Environment.Remove(name);
            else
                start.Environment[name] = value;
        }

        var process = Process.Start(start)!;
        Guardian.Add(process.Id);
        process.StandardInput.Close();
        return new ChildProcess(process, command);
    }

    /// <summary>Asks for an orderly end; after <paramref name="patience"/> it is killed. Returns when the process is gone.</summary>
    public async Task StopAsync(Signal signal, TimeSpan patience)
    {
        if (Exited.IsCompleted)
            return;

        Signals.Send(Pid, signal);
        try
        {
            await Exited.WaitAsync(patience);
        }
        catch (TimeoutException)
        {
            await KillAsync();
        }
    }

    /// <summary>kill -9 for the process and all of its group. Returns when the process is gone.</summary>
    public async Task KillAsync()
    {
        if (!Exited.IsCompleted)
        {
            Signals.SendToGroup(Pid, Signal.Kill);
            Signals.Send(Pid, Signal.Kill); // The group does not exist before setsid has run.
        }

        await Exited;
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _process.Dispose();
    }

    private async Task ReadAsync(StreamReader reader)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            lock (_output)
            {
                _lastLines.Enqueue(line);
                if (_lastLines.Count > KeptLines)
                    _lastLines.TryDequeue(out _);
                _command.Output?.Invoke(line);
            }
        }
    }

    private async Task<int> ExitAsync(Task reading)
    {
        await _process.WaitForExitAsync();
        Guardian.Remove(Pid);

        // Its last words, unless a process that it left behind keeps the pipe open.
        await Task.WhenAny(reading, Task.Delay(TimeSpan.FromSeconds(1)));
        return _process.ExitCode;
    }
}
