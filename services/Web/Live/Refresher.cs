namespace Web.Live;

/// <summary>
/// Turns a burst of news into few refreshes: one a moment after the first, and one when it has been quiet, because the search index hears of a change at the same time as we do
/// and may be behind. Belongs to one page.
/// </summary>
internal sealed class Refresher(Func<Task> refresh, TimeProvider clock) : IAsyncDisposable
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(2);

    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _stopped = new();
    private bool _pending;
    private long _lastNews;
    private Task _running = Task.CompletedTask;

    public void Raise()
    {
        lock (_lock)
        {
            _lastNews = clock.GetTimestamp();
            if (_pending || _stopped.IsCancellationRequested)
            {
                return;
            }
            _pending = true;
            _running = RunAsync();
        }
    }

    private async Task RunAsync()
    {
        try
        {
            while (true)
            {
                await Task.Delay(Moment, clock, _stopped.Token);
                var seen = _lastNews;
                await refresh();
                await Task.Delay(Quiet, clock, _stopped.Token);
                lock (_lock)
                {
                    if (_lastNews == seen)
                    {
                        _pending = false;
                        break;
                    }
                }
            }
            await refresh();
        }
        catch (OperationCanceledException) when (_stopped.IsCancellationRequested) { }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopped.CancelAsync();
        await _running;
        _stopped.Dispose();
    }
}
