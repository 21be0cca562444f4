using System.Diagnostics;
using System.Globalization;

namespace Contacts.AppHost.Local.Servers;

/// <summary>
/// One small process that outlives ours by a moment: when ours ends in any way, kill -9 included, its standard input closes and it kills the children that
/// are still registered. Nobody else would: a killed test run or AppHost would leave servers behind.
/// </summary>
internal static class Guardian
{
    private const string Script = """
        kept=
        while read -r sign pid; do
            others=
            for one in $kept; do [ "$one" = "$pid" ] || others="$others $one"; done
            kept=$others
            [ "$sign" = + ] && kept="$kept $pid"
        done
        for pid in $kept; do kill -9 "-$pid"; done
        """;

    private static readonly Lock Turn = new();

    private static readonly Lazy<Process> Running = new(() =>
    {
        var process = Process.Start(new ProcessStartInfo("setsid", ["sh", "-c", Script]) { RedirectStandardInput = true, WorkingDirectory = "/" })!;
        process.StandardInput.AutoFlush = true;
        return process;
    });

    internal static void Add(int pid) => Say('+', pid);

    internal static void Remove(int pid) => Say('-', pid);

    private static void Say(char sign, int pid)
    {
        lock (Turn)
        {
            try
            {
                Running.Value.StandardInput.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{sign} {pid}"));
            }
            catch (IOException)
            {
                // Somebody ended the guardian. The children still have their owner.
            }
        }
    }
}
