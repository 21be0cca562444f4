using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Contacts.AppHost.Local.Servers;

namespace Contacts.AppHost.Local.Running;

/// <summary>Everything that stays between runs. Files with secrets in them are readable by their owner alone.</summary>
internal sealed class DataFolder(string path)
{
    private const UnixFileMode OwnersAlone = (UnixFileMode)0b111_000_000;
    private const UnixFileMode Enterable = (UnixFileMode)0b111_001_001; // The servers' accounts pass through it.

    public string Path { get; } = path;

    public string Logs => In("logs");

    public string RunFile => In("run.json");

    private string ParametersFile => In("parameters.json");

    /// <summary>Null when another run holds the folder. The system lets go of it when the holder ends, however it ends.</summary>
    public IDisposable? TryLock()
    {
        Directory.CreateDirectory(Path);
        Directory.CreateDirectory(Logs);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(Path, File.GetUnixFileMode(Path) | Enterable);
            File.SetUnixFileMode(Logs, OwnersAlone);
        }

        try
        {
            return new FileStream(In("run.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>
    /// Where a server keeps its data: here, or under /var/lib when its account cannot pass a folder above (a checkout in /root, for example).
    /// </summary>
    public string ForServer(string name, ServerAccount account)
    {
        if (account.CanEnter(Path))
            return In(name);

        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Path)))[..12];
        return System.IO.Path.Combine("/var/lib/contacts", hash, name);
    }

    /// <summary>What an earlier run made, else what <paramref name="make"/> makes now, which is then kept.</summary>
    public string KeptParameter(string name, Func<string> make)
    {
        var kept = File.Exists(ParametersFile) ? JsonSerializer.Deserialize<SortedDictionary<string, string>>(File.ReadAllText(ParametersFile))! : [];
        if (kept.TryGetValue(name, out var value))
            return value;

        value = make();
        kept.Add(name, value);
        Write(ParametersFile, JsonSerializer.Serialize(kept, Indented));
        return value;
    }

    /// <summary>Replaces the file as a whole: a reader sees the old or the new one.</summary>
    public static void Write(string file, string content)
    {
        var draft = file + ".new";
        File.Delete(draft);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var writer = new StreamWriter(draft, options))
            writer.Write(content);
        File.Move(draft, file, overwrite: true);
    }

    public static JsonSerializerOptions Indented { get; } =
        new(JsonSerializerDefaults.Web)
        {
            WriteIndented = true,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // People read it: a + stays a +.
        };

    private string In(string name) => System.IO.Path.Combine(Path, name);
}
