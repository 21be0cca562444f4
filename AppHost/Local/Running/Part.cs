namespace Contacts.AppHost.Local.Running;

internal enum PartState
{
    Waiting,
    Starting,
    Running,
    Restarting,
    Stopped,
    Failed,
}

/// <summary>Something that runs as a process of its own: a server or a project.</summary>
internal abstract class Part(string name)
{
    private readonly TaskCompletionSource _firstHealthy = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string Name { get; } = name;

    public PartState State { get; set; }

    public int Restarts { get; set; }

    /// <summary>What must have been healthy once before this one starts.</summary>
    public List<Part> WaitsFor { get; } = [];

    public Task FirstHealthy => _firstHealthy.Task;

    /// <summary>0 while there is no process.</summary>
    public abstract int Pid { get; }

    /// <summary>Stays for the whole run.</summary>
    public abstract int Port { get; }

    public abstract string Url { get; }

    public virtual IReadOnlyList<int> Companions => [];

    /// <summary>Completes when the process of the latest start ends.</summary>
    public abstract Task<int> Exited { get; }

    /// <summary>Returns when it is healthy.</summary>
    /// <exception cref="Servers.ServerStartException">It ended, or took too long.</exception>
    public abstract Task StartAsync(CancellationToken cancel);

    public abstract Task StopAsync();

    public abstract Task KillAsync();

    public void BecameHealthy() => _firstHealthy.TrySetResult();
}
