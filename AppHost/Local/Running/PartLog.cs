namespace Contacts.AppHost.Local.Running;

/// <summary>The log file of one part; the run before is kept beside it as <c>.1</c>.</summary>
internal sealed class PartLog : IDisposable
{
    private readonly StreamWriter _file;
    private readonly Lock _turn = new();
    private readonly Action<string> _show;

    public PartLog(DataFolder data, string part, Action<string> show)
    {
        _show = show;
        var path = Path.Combine(data.Logs, part + ".log");
        if (File.Exists(path))
            File.Move(path, path + ".1", overwrite: true);
        _file = new StreamWriter(path) { AutoFlush = true };
    }

    public void Write(string line)
    {
        lock (_turn)
        {
            _file.WriteLine(line);
        }

        _show(line);
    }

    public void Dispose()
    {
        lock (_turn)
        {
            _file.Dispose();
        }
    }
}
