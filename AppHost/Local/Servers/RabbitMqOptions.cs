namespace Contacts.AppHost.Local.Servers;

/// <param name="DataDirectory">Absolute path of a folder of its own; made when absent. Queues in it from an earlier run are used again.</param>
/// <param name="Port">AMQP, on 127.0.0.1; 0 takes a free one.</param>
/// <param name="Durable">False for throw-away data: disposing kills the node, since an orderly stop takes 6 s (the management plugin's doing).</param>
/// <param name="Password">Of the user 'guest'. Null: made at the first start and kept in the data folder.</param>
public sealed record RabbitMqOptions(string DataDirectory, int Port = 0, bool Durable = true, string? Password = null)
{
    /// <summary>Called with every line that the node logs.</summary>
    public Action<string>? Output { get; init; }

    /// <summary>Bound on one start; takes about 5 s on an idle machine.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromSeconds(90);
}
