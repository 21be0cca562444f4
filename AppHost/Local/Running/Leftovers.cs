using Contacts.AppHost.Local.Servers;

namespace Contacts.AppHost.Local.Running;

/// <summary>Processes of a run that was killed before it could stop them.</summary>
internal static class Leftovers
{
    /// <summary>Kills what the last run's file names and still runs. Returns their names; the databases recover as after a power cut.</summary>
    public static async Task<IReadOnlyList<string>> EndAsync(RunFile? last)
    {
        if (last is null || last.Boot != ProcessIdentity.Boot)
            return [];

        var left = last
            .Parts.SelectMany(part => part.Companions.Append(new ProcessIdentity(part.Pid, part.StartedTicks)).Select(process => (part.Name, Process: process)))
            .Where(entry => entry.Process.IsAlive)
            .ToList();
        foreach (var (_, process) in left)
            Signals.SendToGroup(process.Pid, Signal.Kill);

        foreach (var (_, process) in left)
        {
            for (var i = 0; i < 100 && process.IsAlive; i++)
                await Task.Delay(50);
        }

        return [.. left.Select(entry => entry.Name).Distinct()];
    }
}
