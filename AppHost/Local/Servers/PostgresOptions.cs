namespace Contacts.AppHost.Local.Servers;

/// <param name="DataDirectory">Absolute path of a folder of its own; made when absent. What is in it from an earlier run is used again.</param>
/// <param name="Port">On 127.0.0.1; 0 takes a free one.</param>
/// <param name="Durable">False for throw-away data: no fsync, no last checkpoint when disposed. Commits survive a kill of the server, but not of the machine.</param>
/// <param name="Password">Of the superuser 'postgres'. Null: made at the first start and kept in the data folder.</param>
public sealed record PostgresOptions(string DataDirectory, int Port = 0, bool Durable = true, string? Password = null)
{
    /// <summary>Called with every line that the server logs.</summary>
    public Action<string>? Output { get; init; }

    /// <summary>Bound on one start, crash recovery included.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromSeconds(60);
}
