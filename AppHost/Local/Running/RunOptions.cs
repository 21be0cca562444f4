using System.CommandLine;
using System.Reflection;

namespace Contacts.AppHost.Local.Running;

/// <param name="AppHostDirectory">Project paths are relative to it.</param>
/// <param name="DataDirectory">Absolute path of the folder that keeps everything of this run and the next ones.</param>
/// <param name="Timeout">Bound on the start as a whole.</param>
/// <param name="Settings">The arguments that are none of these options: configuration, such as <c>--Demo=false</c>.</param>
internal sealed record RunOptions(string AppHostDirectory, string DataDirectory, TimeSpan Timeout, bool Verbose, IReadOnlyList<string> Settings)
{
    public static RunOptions Parse(string[] args)
    {
        var home = typeof(RunOptions).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(entry => entry.Key == "AppHostDirectory").Value!;
        var data = new Option<DirectoryInfo>("--data")
        {
            Description = "Folder that keeps the databases, queues, secrets and logs. A second one runs a second system beside the first.",
            DefaultValueFactory = _ => new DirectoryInfo(Path.GetFullPath("../.local", home)),
        };
        var timeout = new Option<int>("--timeout") { Description = "Seconds within which everything must have started.", DefaultValueFactory = _ => 180 };
        var verbose = new Option<bool>("--verbose") { Description = "Show all log lines, not only warnings and errors." };
        RunOptions? options = null;
        var command = new RootCommand(
            "Runs the whole system on this machine until Ctrl-C. Anything else is configuration: --Gateway:Port=8090, --Demo=false, --PublicUrl=https://…"
        )
        {
            data,
            timeout,
            verbose,
        };
        command.TreatUnmatchedTokensAsErrors = false;
        command.SetAction(result =>
            options = new RunOptions(
                home,
                result.GetValue(data)!.FullName,
                TimeSpan.FromSeconds(result.GetValue(timeout)),
                result.GetValue(verbose),
                result.UnmatchedTokens
            )
        );
        var code = command.Parse(args).Invoke();
        if (options is null)
            Environment.Exit(code); // Help, the version or an error has been shown.
        return options;
    }
}
