namespace ServiceDefaults;

/// <summary>
/// Wakes a background job of this process when there is work for it. In memory only: what another process left behind, the job's own poll finds. Derive one for each job.
/// </summary>
public class WakeUp : IDisposable
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

    public void Dispose()
    {
        _raised.Dispose();
        GC.SuppressFinalize(this);
    }
}
