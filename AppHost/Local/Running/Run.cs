using System.Runtime.InteropServices;
using Contacts.AppHost.Local.Model;
using Contacts.AppHost.Local.Servers;
using Contacts.AppHost.Local.Showing;

namespace Contacts.AppHost.Local.Running;

/// <summary>One run from lock to stop.</summary>
internal sealed class Run(RunOptions options, DataFolder data, IReadOnlyList<IResource> resources, Screen screen)
{
    private string _state = "starting";
    private IReadOnlyList<Part> _parts = [];

    /// <summary>Returns the exit code: 0 after a stop that was asked for, 1 when the start failed or the folder is in use.</summary>
    public async Task<int> ExecuteAsync(CancellationToken cancel)
    {
        using var held = data.TryLock();
        if (held is null)
        {
            screen.AlreadyRunning(RunFile.Read(data), data);
            return 1;
        }

        if (await Leftovers.EndAsync(RunFile.Read(data)) is { Count: > 0 } ended)
            screen.Say($"The last run was killed; ended what it left behind: {string.Join(", ", ended)}.");

        var logs = new List<PartLog>();
        try
        {
            _parts = Parts.For(resources, data, LogOf);
        }
        catch (Exception e) when (e is ServerStartException or InvalidOperationException)
        {
            screen.Failed(e.Message, data);
            return 1;
        }

        foreach (var endpoint in resources.OfType<ProjectResource>().SelectMany(project => project.Endpoints).Where(endpoint => endpoint.HasMoved))
            screen.Say($"Port {endpoint.PreferredPort} is taken; this one is at {endpoint.Url}.");

        try
        {
            return await SuperviseAsync(cancel);
        }
        finally
        {
            logs.ForEach(log => log.Dispose());
        }

        Action<string> LogOf(string part)
        {
            var log = new PartLog(data, part, line => screen.Line(part, line));
            logs.Add(log);
            return log.Write;
        }
    }

    private async Task<int> SuperviseAsync(CancellationToken cancel)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        await using var supervisor = new Supervisor(_parts, Changed, screen.Note);
        using var interrupt = OnSignal(PosixSignal.SIGINT);
        using var terminate = OnSignal(PosixSignal.SIGTERM);
        using var hangUp = OnSignal(PosixSignal.SIGHUP);
        var code = 0;
        var showing = screen.ShowAsync(_parts);
        try
        {
            await supervisor.StartAsync(options.Timeout, stop.Token);
            SetState("running");
            await screen.ReadyAsync(showing, Describe());
            await Task.Delay(Timeout.Infinite, stop.Token);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Asked to stop.
        }
        catch (ServerStartException e)
        {
            code = 1;
            SetState("failed");
            await screen.EndAsync(showing);
            screen.Failed(e.Message, data);
        }

        await screen.EndAsync(showing);
        screen.Say("Stopping.");
        if (code == 0)
            SetState("stopping");
        await supervisor.StopAsync();
        SetState(code == 0 ? "stopped" : "failed");
        screen.Say("All parts have stopped.");
        return code;

        PosixSignalRegistration OnSignal(PosixSignal signal) =>
            PosixSignalRegistration.Create(
                signal,
                context =>
                {
                    context.Cancel = true;
                    if (stop.IsCancellationRequested)
                        _ = supervisor.KillAsync(); // Asked twice: no more patience.
                    else
                        stop.Cancel();
                }
            );
    }

    private void SetState(string state)
    {
        _state = state;
        Describe().Write(data);
    }

    private void Changed()
    {
        Describe().Write(data);
        screen.Changed(_parts);
    }

    private RunFile Describe() =>
        new(
            _state,
            _parts.OfType<ProjectPart>().FirstOrDefault(part => part.Project.IsExternal)?.Url,
            Environment.ProcessId,
            ProcessIdentity.Boot,
            data.Path,
            data.Logs,
            Demo(),
            resources.OfType<IResourceWithConnectionString>().ToDictionary(resource => resource.Name, resource => resource.ConnectionString),
            resources.OfType<ParameterResource>().ToDictionary(parameter => parameter.Name, parameter => parameter.Value),
            [
                .. _parts.Select(part => new RunFile.Part(
                    part.Name,
                    part.State.ToString().ToLowerInvariant(),
                    part.Pid,
                    ProcessIdentity.Of(part.Pid)?.StartedTicks ?? 0,
                    part.Port,
                    part.Url,
                    part.Restarts,
                    [.. part.Companions.Select(ProcessIdentity.Of).OfType<ProcessIdentity>()]
                )),
            ]
        );

    private DemoAccess? Demo() =>
        _parts
            .OfType<ProjectPart>()
            .Where(part => part.Environment.ContainsKey("Bootstrap__OwnerEmail"))
            .Select(part => new DemoAccess(
                part.Environment["Bootstrap__OwnerEmail"],
                part.Environment["Bootstrap__OwnerPassword"],
                part.Environment["Bootstrap__ApiKey"]
            ))
            .FirstOrDefault();
}
