using System.Text.Json;

namespace Contacts.AppHost.Local.Running;

/// <summary>
/// <c>run.json</c>: what runs, for tests and tools that look for the gateway, kill a part by its pid, or read a database. It stays after the run; state tells.
/// </summary>
/// <param name="State">starting, running (every part has been healthy), stopping, stopped or failed.</param>
/// <param name="Url">Of the gateway.</param>
/// <param name="Pid">Of the AppHost.</param>
/// <param name="Boot">The machine's boot id: after a reboot the pids mean nothing.</param>
internal sealed record RunFile(
    string State,
    string? Url,
    int Pid,
    string Boot,
    string DataFolder,
    string Logs,
    DemoAccess? Demo,
    IReadOnlyDictionary<string, string> ConnectionStrings,
    IReadOnlyDictionary<string, string> Parameters,
    IReadOnlyList<RunFile.Part> Parts
)
{
    /// <param name="State">waiting, starting, running, restarting, stopped or failed.</param>
    /// <param name="Pid">0 while there is no process.</param>
    /// <param name="StartedTicks">The kernel's start time of the process: together with the pid it names one process of this boot.</param>
    /// <param name="Companions">Further processes that belong to the part (RabbitMQ's port mapper).</param>
    internal sealed record Part(
        string Name,
        string State,
        int Pid,
        long StartedTicks,
        int Port,
        string Url,
        int Restarts,
        IReadOnlyList<ProcessIdentity> Companions
    );

    public static RunFile? Read(DataFolder data)
    {
        try
        {
            return JsonSerializer.Deserialize<RunFile>(File.ReadAllText(data.RunFile), Format);
        }
        catch (Exception e) when (e is IOException or JsonException)
        {
            return null;
        }
    }

    public void Write(DataFolder data) => Running.DataFolder.Write(data.RunFile, JsonSerializer.Serialize(this, Format));

    private static readonly JsonSerializerOptions Format = Running.DataFolder.Indented;
}

/// <summary>How to get in.</summary>
internal sealed record DemoAccess(string Email, string Password, string ApiKey);
