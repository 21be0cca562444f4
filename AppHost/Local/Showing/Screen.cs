using System.Collections.Concurrent;
using Contacts.AppHost.Local.Running;
using Spectre.Console;

namespace Contacts.AppHost.Local.Showing;

/// <summary>
/// What people see. On a terminal: a live table until everything runs, then coloured log lines. Elsewhere: plain lines. Of the parts, errors, and warnings once all is
/// ready; everything when verbose.
/// </summary>
internal sealed class Screen(bool verbose) : IDisposable
{
    private static readonly Color[] Palette =
    [
        Color.Aqua,
        Color.Fuchsia,
        Color.Gold1,
        Color.SpringGreen1,
        Color.DeepSkyBlue1,
        Color.Orange1,
        Color.Plum1,
        Color.Tan,
    ];

    private readonly bool _interactive = AnsiConsole.Profile.Capabilities.Interactive && !Console.IsOutputRedirected;
    private readonly ConcurrentDictionary<string, PartState> _said = new();
    private readonly ConcurrentDictionary<string, Color> _colours = new();
    private readonly ConcurrentQueue<(string Text, Color Colour)> _waiting = new();
    private readonly CancellationTokenSource _tableEnds = new();
    private readonly Lock _turn = new();
    private volatile bool _tableIsUp;
    private volatile bool _ready;

    /// <summary>Keeps the live table until <see cref="ReadyAsync"/> or <see cref="EndAsync"/>; lines wait meanwhile.</summary>
    public async Task ShowAsync(IReadOnlyList<Part> parts)
    {
        if (!_interactive)
            return;

        _tableIsUp = true;
        await AnsiConsole
            .Live(PartTable.Of(parts))
            .StartAsync(async live =>
            {
                while (!_tableEnds.IsCancellationRequested)
                {
                    live.UpdateTarget(PartTable.Of(parts));
                    await Task.Delay(200, _tableEnds.Token).ContinueWith(_ => { }, TaskScheduler.Default);
                }

                live.UpdateTarget(PartTable.Of(parts));
            });
        _tableIsUp = false;
        Flush();
    }

    public async Task ReadyAsync(Task showing, RunFile run)
    {
        await EndAsync(showing);
        _ready = true;
        Say("");
        Say($"Ready: {run.Url}");
        if (run.Demo is { } demo)
        {
            Say($"  sign in   {demo.Email}  {demo.Password}");
            Say($"  API key   {demo.ApiKey}");
        }

        Say($"  logs      {run.Logs}");
        Say("  stop      Ctrl-C");
        Say("");
    }

    public async Task EndAsync(Task showing)
    {
        await _tableEnds.CancelAsync();
        await showing;
    }

    /// <summary>A part's state may have changed.</summary>
    public void Changed(IReadOnlyList<Part> parts)
    {
        if (_interactive)
            return;

        foreach (var part in parts.Where(part => !_said.TryGetValue(part.Name, out var said) || said != part.State))
        {
            _said[part.Name] = part.State;
            if (part.State is not (PartState.Waiting or PartState.Restarting))
                Say($"{part.Name, -15} {part.State.ToString().ToLowerInvariant(), -10} {part.Url}");
        }
    }

    public void Note(Part part, string sentence) => Put($"{part.Name, -15} {sentence}", Color.Yellow);

    public void Line(string part, string line)
    {
        // While parts start, they warn of each other's absence; a start that fails shows its last lines anyway.
        var severity = Severities.Of(line);
        if (verbose || severity == Severity.Error || (severity == Severity.Warning && _ready))
            Put($"{part, -15} {line}", severity == Severity.Error ? Color.Red : _colours.GetOrAdd(part, _ => Palette[_colours.Count % Palette.Length]));
    }

    public void Say(string sentence) => Put(sentence, Color.Default);

    public void Failed(string reason, DataFolder data)
    {
        Put(reason, Color.Red);
        Say($"Logs: {data.Logs}");
    }

    public void AlreadyRunning(RunFile? run, DataFolder data)
    {
        Say($"Already running: {run?.Url ?? "still starting"} (process {run?.Pid}), with the data in {data.Path}.");
        Say("To start a second one beside it: ./run --data DIR");
    }

    public void Dispose() => _tableEnds.Dispose();

    private void Put(string text, Color colour)
    {
        _waiting.Enqueue((text, colour));
        if (!_tableIsUp)
            Flush();
    }

    private void Flush()
    {
        lock (_turn)
        {
            while (_waiting.TryDequeue(out var waiting))
            {
                if (_interactive)
                    AnsiConsole.Write(new Text(waiting.Text + Environment.NewLine, new Style(waiting.Colour)));
                else
                    Console.Out.WriteLine(waiting.Text); // Spectre would break the lines at 80 columns.
            }
        }
    }
}
