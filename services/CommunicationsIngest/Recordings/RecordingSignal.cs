namespace CommunicationsIngest.Recordings;

/// <summary>Wakes the job that fetches recordings when one has come; what another process left behind is found by the job's poll.</summary>
internal sealed class RecordingSignal : IDisposable
{
    private readonly SemaphoreSlim _raised = new(0, 1);

    public void Raise()
    {
        try
        {
            _raised.Release();
        }
        catch (SemaphoreFullException)
        {
            // Already raised: one wake-up serves all that is waiting.
        }
    }

    /// <summary>Returns when raised or when <paramref name="atMost"/> has passed.</summary>
    public Task WaitAsync(TimeSpan atMost, CancellationToken cancellationToken) => _raised.WaitAsync(atMost, cancellationToken);

    public void Dispose() => _raised.Dispose();
}
