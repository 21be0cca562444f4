namespace Messaging.Sending;

/// <summary>
/// Wakes the relay of this process when one of its transactions has committed. In memory on purpose: NOTIFY would serialise all commits behind one lock, and what another,
/// crashed process left behind is found by the relay's poll (ADR 0003).
/// </summary>
public sealed class OutboxSignal : IDisposable
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
    internal Task WaitAsync(TimeSpan atMost, CancellationToken cancellationToken) => _raised.WaitAsync(atMost, cancellationToken);

    public void Dispose() => _raised.Dispose();
}
