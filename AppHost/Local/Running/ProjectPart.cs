using System.Net;
using Contacts.AppHost.Local.Model;
using Contacts.AppHost.Local.Servers;

namespace Contacts.AppHost.Local.Running;

/// <summary>A project's built program, run with <c>dotnet</c> in the project's folder.</summary>
internal sealed class ProjectPart(ProjectResource project, string program, IReadOnlyDictionary<string, string> environment, Action<string> log)
    : Part(project.Name)
{
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(5) };

    /// <summary>Also settable in a container's image; they would add endpoints to ASPNETCORE_URLS.</summary>
    private static readonly string[] Removed = ["ASPNETCORE_HTTP_PORTS", "ASPNETCORE_HTTPS_PORTS", "DOTNET_URLS", "URLS"];

    private ChildProcess? _process;

    public override int Pid => _process is { Exited.IsCompleted: false } ? _process.Pid : 0;

    public override int Port => project.Endpoints.Count == 0 ? 0 : project.Endpoints[0].Port;

    public override string Url => project.Endpoints.Count == 0 ? "" : project.Endpoints[0].Url;

    public override Task<int> Exited => _process?.Exited ?? Task.FromResult(0);

    public ProjectResource Project => project;

    public IReadOnlyDictionary<string, string> Environment => environment;

    public override async Task StartAsync(CancellationToken cancel)
    {
        if (!File.Exists(program))
            throw new ServerStartException($"'{program}' is not built.");

        var variables = Removed.ToDictionary(name => name, _ => (string?)null);
        foreach (var (name, value) in environment)
            variables[name] = value;
        var process = _process = ChildProcess.Start(
            new Command("dotnet", program)
            {
                WorkingDirectory = Path.GetDirectoryName(project.ProjectPath),
                InheritsEnvironment = true,
                Environment = variables,
                Output = log,
            }
        );
        while (!await IsHealthyAsync(cancel))
        {
            if (process.Exited.IsCompleted)
                throw ServerStartException.For($"{Name} ended with code {await process.Exited} while starting.", process.LastLines);
            await Task.Delay(100, cancel);
        }
    }

    public IReadOnlyCollection<string> LastLines => _process?.LastLines ?? [];

    public override Task StopAsync() => _process?.StopAsync(Signal.Terminate, TimeSpan.FromSeconds(4)) ?? Task.CompletedTask;

    public override Task KillAsync() => _process?.KillAsync() ?? Task.CompletedTask;

    private async Task<bool> IsHealthyAsync(CancellationToken cancel)
    {
        if (project.HealthPath is null || project.Endpoints.Count == 0)
            return true;

        try
        {
            using var answer = await Http.GetAsync(new Uri(Url + project.HealthPath), HttpCompletionOption.ResponseHeadersRead, cancel);
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException && !cancel.IsCancellationRequested)
        {
            return false; // Not listening yet, or too busy to answer.
        }
    }
}
