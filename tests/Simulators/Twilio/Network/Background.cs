namespace Simulators.Twilio.Network;

/// <summary>Work that goes on after the request that started it has been answered; ends with the process.</summary>
internal sealed partial class Background(IHostApplicationLifetime lifetime, ILogger<Background> logger)
{
    public CancellationToken Stopping => lifetime.ApplicationStopping;

    public void Start(Func<CancellationToken, Task> work) => _ = RunAsync(work);

    private async Task RunAsync(Func<CancellationToken, Task> work)
    {
        await Task.Yield();
        try
        {
            await work(lifetime.ApplicationStopping);
        }
        catch (OperationCanceledException) when (lifetime.ApplicationStopping.IsCancellationRequested) { }
#pragma warning disable CA1031 // Nobody awaits this task: whatever happens in it has to be told here.
        catch (Exception failure)
        {
            BackgroundFailed(failure);
        }
#pragma warning restore CA1031
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Background work failed")]
    private partial void BackgroundFailed(Exception failure);
}
