using System.Diagnostics;
using System.Globalization;

namespace Contacts.AppHost.Local.Servers;

/// <summary>
/// The operating system account that a server runs as: the one that its package made when we are root (PostgreSQL refuses to run as root), else ourselves.
/// </summary>
public sealed class ServerAccount
{
    private ServerAccount(string? name, uint user, uint group)
    {
        Name = name;
        User = user;
        Group = group;
    }

    /// <summary>Null when the server runs as ourselves.</summary>
    public string? Name { get; }

    private uint User { get; }

    private uint Group { get; }

    /// <exception cref="InvalidOperationException">We are root and the account does not exist: the package is not installed.</exception>
    public static ServerAccount For(string name)
    {
        if (!Environment.IsPrivilegedProcess)
            return new ServerAccount(null, 0, 0);

        var entry =
            File.ReadLines("/etc/passwd").Select(line => line.Split(':')).FirstOrDefault(fields => fields[0] == name)
            ?? throw new InvalidOperationException($"There is no user '{name}'; the package of the server that runs as this user is not installed.");
        return new ServerAccount(name, uint.Parse(entry[2], CultureInfo.InvariantCulture), uint.Parse(entry[3], CultureInfo.InvariantCulture));
    }

    /// <summary>The words to put before a command so that it runs as this account, in the same process.</summary>
    public IReadOnlyList<string> Prefix => Name is null ? [] : ["setpriv", $"--reuid={Name}", $"--regid={Group}", "--init-groups"];

    /// <summary>Makes the directory with its parents; only this account may enter it.</summary>
    /// <exception cref="InvalidOperationException">The account cannot enter one of the parents.</exception>
    public void CreateDirectory(string path)
    {
        Directory.CreateDirectory(path);
        Give(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        if (!CanEnter(path))
            throw new InvalidOperationException(
                $"User '{Name}' cannot enter '{path}': a folder above it is closed to other users. Choose another data folder."
            );
    }

    /// <summary>Writes a file that only this account may read. It replaces what is there as a whole.</summary>
    public void WriteFile(string path, string content)
    {
        var draft = path + ".new";
        File.WriteAllText(draft, content);
        Give(draft, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.Move(draft, path, overwrite: true);
    }

    /// <summary>Whether every folder on the way to <paramref name="path"/> lets this account through.</summary>
    public bool CanEnter(string path)
    {
        if (Name is null)
            return true;

        using var test = Process.Start("setpriv", [.. Prefix.Skip(1), "test", "-x", path]);
        test.WaitForExit();
        return test.ExitCode == 0;
    }

    private void Give(string path, UnixFileMode mode)
    {
        if (OperatingSystem.IsWindows())
            throw new PlatformNotSupportedException("The servers run as plain processes of Debian's packages.");

        File.SetUnixFileMode(path, mode);
        if (Name is not null && Posix.Chown(path, User, Group) != 0)
            throw new InvalidOperationException($"'{path}' could not be given to user '{Name}'.");
    }
}
