using System.Diagnostics;
using Contacts.AppHost.Local.Servers;

namespace Contacts.AppHost.Local.Running;

/// <summary>Starts parts in the order of what they wait for, starts again what ends, and stops all in the reverse order.</summary>
/// <param name="changed">Called after each change of a part's state, one at a time.</param>
/// <param name="note">Called with a sentence about a part that people should see.</param>
internal sealed class Supervisor(IReadOnlyList<Part> parts, Action changed, Action<Part, string> note) : IAsyncDisposable
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(0.2);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    /// <summary>A part that ran this long has earned the shortest pause again.</summary>
    private static readonly TimeSpan Steady = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(13);

    private readonly CancellationTokenSource _stopping = new();
    private readonly Lock _turn = new();
    private Task[] _tending = [];

    /// <summary>Returns when every part has been healthy.</summary>
    /// <exception cref="ServerStartException">A part ended before it was healthy, or the time is over.</exception>
    public async Task StartAsync(TimeSpan timeout, CancellationToken cancel)
    {
        _tending = [.. parts.Select(TendAsync)];
        var healthy = Task.WhenAll(parts.Select(part => part.FirstHealthy));
        var failed = Task.WhenAny(_tending);
        try
        {
            if (await Task.WhenAny(healthy, failed).WaitAsync(timeout, cancel) == failed)
                await await failed;
        }
        catch (TimeoutException)
        {
            throw NotInTime(timeout);
        }
    }

    /// <summary>Dependents first. What does not end within 13 s is killed.</summary>
    public async Task StopAsync()
    {
        await _stopping.CancelAsync();
        var stops = new Dictionary<Part, Task>();
        try
        {
            await Task.WhenAll(parts.Select(StopOnceAsync)).WaitAsync(StopLimit);
        }
        catch (TimeoutException)
        {
            await KillAsync();
        }

        await Task.WhenAll(_tending).ContinueWith(_ => { }, TaskScheduler.Default);

        Task StopOnceAsync(Part part)
        {
            if (!stops.TryGetValue(part, out var stop))
                stops.Add(part, stop = StopAfterDependentsAsync(part));
            return stop;
        }

        async Task StopAfterDependentsAsync(Part part)
        {
            await Task.WhenAll(parts.Where(other => other.WaitsFor.Contains(part)).Select(StopOnceAsync));
            await part.StopAsync();
            Set(part, PartState.Stopped);
        }
    }

    public Task KillAsync() => Task.WhenAll(parts.Select(part => part.KillAsync()));

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _stopping.Dispose();
    }

    private async Task TendAsync(Part part)
    {
        var stop = _stopping.Token;
        await Task.WhenAll(part.WaitsFor.Select(other => other.FirstHealthy)).WaitAsync(stop);
        Set(part, PartState.Starting);
        try
        {
            await part.StartAsync(stop);
        }
        catch (ServerStartException)
        {
            Set(part, PartState.Failed);
            throw;
        }

        Set(part, PartState.Running);
        part.BecameHealthy();
        var pause = ShortestPause;
        while (true)
        {
            var since = Stopwatch.GetTimestamp();
            var code = await part.Exited.WaitAsync(stop);
            if (Stopwatch.GetElapsedTime(since) > Steady)
                pause = ShortestPause;
            note(part, $"ended with code {code}; starting again in {pause.TotalSeconds} s");
            pause = await StartAgainAsync(part, pause, stop);
        }
    }

    private async Task<TimeSpan> StartAgainAsync(Part part, TimeSpan pause, CancellationToken stop)
    {
        while (true)
        {
            part.Restarts++;
            Set(part, PartState.Restarting);
            await Task.Delay(pause, stop);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
            try
            {
                await part.StartAsync(stop);
                Set(part, PartState.Running);
                note(part, "runs again");
                return pause;
            }
            catch (ServerStartException e)
            {
                await part.KillAsync();
                note(part, $"{e.Message} Starting again in {pause.TotalSeconds} s");
            }
        }
    }

    private void Set(Part part, PartState state)
    {
        lock (_turn)
        {
            part.State = state;
            changed();
        }
    }

    private ServerStartException NotInTime(TimeSpan timeout)
    {
        var late = parts.Where(part => !part.FirstHealthy.IsCompleted).ToList();
        var slow = late.FirstOrDefault(part => part.State == PartState.Starting) ?? late[0];
        var lines = slow is ProjectPart project ? project.LastLines : [];
        return ServerStartException.For(
            $"Not healthy within {timeout.TotalSeconds} s: {string.Join(", ", late.Select(part => $"{part.Name} ({part.State})"))}. {slow.Name} said last:",
            lines
        );
    }
}
