using System.Globalization;
using System.Text.Json.Serialization;

namespace Contacts.AppHost.Local.Running;

/// <summary>One process of this boot: a pid alone may have been given to somebody else.</summary>
internal sealed record ProcessIdentity(int Pid, long StartedTicks)
{
    public static string Boot => File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim();

    /// <summary>Null when there is no such process, or it has ended and merely waits to be collected.</summary>
    public static ProcessIdentity? Of(int pid)
    {
        try
        {
            var stat = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/stat"));
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' '); // From the third field on; the name before may hold anything.
            return fields[0] is "Z" or "X" ? null : new ProcessIdentity(pid, long.Parse(fields[19], CultureInfo.InvariantCulture));
        }
        catch (IOException)
        {
            return null;
        }
    }

    [JsonIgnore]
    public bool IsAlive => Of(Pid) == this;
}
