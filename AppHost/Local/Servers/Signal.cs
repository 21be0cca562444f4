using System.Runtime.InteropServices;

namespace Contacts.AppHost.Local.Servers;

/// <summary>The POSIX signals that end a process; <see cref="System.Diagnostics.Process"/> itself only knows SIGKILL.</summary>
public enum Signal
{
    Interrupt = 2,
    Quit = 3,
    Kill = 9,
    Terminate = 15,
}

public static class Signals
{
    /// <summary>Sends to one process. False when there is no such process (any more).</summary>
    public static bool Send(int pid, Signal signal) => pid > 0 && Posix.Kill(pid, (int)signal) == 0;

    /// <summary>Sends to every process of the group that <paramref name="leader"/> leads.</summary>
    public static bool SendToGroup(int leader, Signal signal) => leader > 1 && Posix.Kill(-leader, (int)signal) == 0;
}

internal static partial class Posix
{
    [LibraryImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    internal static partial int Kill(int pid, int signal);

    [LibraryImport("libc", EntryPoint = "chown", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    internal static partial int Chown(string path, uint owner, uint group);
}
