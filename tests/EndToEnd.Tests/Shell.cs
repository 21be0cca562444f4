using System.Diagnostics;

namespace EndToEnd.Tests;

internal static class Shell
{
    /// <summary>What the command prints.</summary>
    public static async Task<string> RunAsync(string command)
    {
        using var bash = Process.Start(new ProcessStartInfo("bash", ["-c", command]) { RedirectStandardOutput = true })!;
        var output = await bash.StandardOutput.ReadToEndAsync();
        await bash.WaitForExitAsync();
        return output;
    }
}
