using Npgsql;

namespace ServiceDefaults.Postgres;

/// <summary>Begins units of work outside a request (webhooks, consumers, jobs), where the workspace is known by other means than the caller's token.</summary>
public sealed class Database(NpgsqlDataSource dataSource)
{
    /// <summary>Costs nothing until the first statement: the connection, the transaction and its workspace go with that one.</summary>
    public UnitOfWork Begin(Guid workspaceId) => new(dataSource, workspaceId);

    /// <summary>For reading alone: no transaction is held, and each statement takes one round trip.</summary>
    public UnitOfWork Read(Guid workspaceId) => new(dataSource, workspaceId, isReadOnly: true);
}
