using Contacts.AppHost.Local.Running;
using Contacts.AppHost.Local.Showing;

namespace Contacts.AppHost.Local.Model;

internal sealed class DistributedApplication(RunOptions options, DataFolder data, IReadOnlyList<IResource> resources)
{
    /// <summary>Reads our own options from the arguments; the rest is configuration. Asked for help, or asked wrongly, it answers and the process ends.</summary>
    public static IDistributedApplicationBuilder CreateBuilder(string[] args) => new DistributedApplicationBuilder(RunOptions.Parse(args));

    /// <summary>Runs until a signal asks to stop. The process's exit code tells whether everything started.</summary>
    public async Task RunAsync(CancellationToken cancellationToken = default)
    {
        using var screen = new Screen(options.Verbose);
        Environment.ExitCode = await new Run(options, data, resources, screen).ExecuteAsync(cancellationToken);
    }
}
