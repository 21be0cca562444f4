using System.Data;
using System.Data.Common;
using Dapper;
using Npgsql;

namespace ServiceDefaults.Postgres;

/// <summary>
/// One transaction in one workspace. Row-level security shows it that workspace's rows and no others: the workspace is set on the transaction in the same round trip as the
/// first statement. What is not committed when it is disposed is rolled back. Not for concurrent use.
/// </summary>
public sealed class UnitOfWork : IAsyncDisposable
{
    private readonly NpgsqlDataSource _dataSource;
    private readonly List<Func<CancellationToken, Task>> _beforeCommit = [];
    private readonly List<Action> _afterCommit = [];
    private NpgsqlConnection? _connection;
    private NpgsqlTransaction? _transaction;

    internal UnitOfWork(NpgsqlDataSource dataSource, Guid workspaceId)
    {
        _dataSource = dataSource;
        WorkspaceId = workspaceId;
    }

    public Guid WorkspaceId { get; }

    public async Task<IReadOnlyList<T>> QueryAsync<T>(string sql, object? parameters = null, CancellationToken cancellationToken = default) =>
        (await RunAsync(sql, parameters, (connection, command) => connection.QueryAsync<T>(command), cancellationToken)).AsList();

    public Task<T?> FirstOrDefaultAsync<T>(string sql, object? parameters = null, CancellationToken cancellationToken = default) =>
        RunAsync(sql, parameters, (connection, command) => connection.QueryFirstOrDefaultAsync<T>(command), cancellationToken);

    public Task<T> SingleAsync<T>(string sql, object? parameters = null, CancellationToken cancellationToken = default) =>
        RunAsync(sql, parameters, (connection, command) => connection.QuerySingleAsync<T>(command), cancellationToken);

    /// <summary>Returns the number of rows changed.</summary>
    public Task<int> ExecuteAsync(string sql, object? parameters = null, CancellationToken cancellationToken = default) =>
        RunAsync(sql, parameters, (connection, command) => connection.ExecuteAsync(command), cancellationToken);

    /// <summary>For what Dapper has no verb for (COPY, batches): the open connection, inside the transaction.</summary>
    public async Task<NpgsqlConnection> ConnectionAsync(CancellationToken cancellationToken = default)
    {
        if (_connection is null)
        {
            await ExecuteAsync("SELECT 1", cancellationToken: cancellationToken);
        }
        return _connection!;
    }

    /// <summary>Runs as the last thing before the commit, in the transaction: the outbox writes its messages here.</summary>
    public void BeforeCommit(Func<CancellationToken, Task> write) => _beforeCommit.Add(write);

    /// <summary>Runs when the commit has succeeded. Must not fail: a crash here loses it.</summary>
    public void AfterCommit(Action notify) => _afterCommit.Add(notify);

    public async Task CommitAsync(CancellationToken cancellationToken = default)
    {
        foreach (var write in _beforeCommit)
        {
            await write(cancellationToken);
        }
        _beforeCommit.Clear();
        if (_transaction is not null)
        {
            await _transaction.CommitAsync(cancellationToken);
            await ReleaseAsync();
        }
        foreach (var notify in _afterCommit)
        {
            notify();
        }
        _afterCommit.Clear();
    }

    private async Task<T> RunAsync<T>(
        string sql,
        object? parameters,
        Func<NpgsqlConnection, CommandDefinition, Task<T>> run,
        CancellationToken cancellationToken
    )
    {
        if (_transaction is not null)
        {
            return await run(_connection!, new CommandDefinition(sql, parameters, _transaction, cancellationToken: cancellationToken));
        }
        // The id is a Guid, so it can be written into the text; SET takes no parameters. Npgsql sends BEGIN, SET and the statement in one round trip.
        var first = $"SET LOCAL app.workspace_id = '{WorkspaceId:D}';\n{sql}";
        try
        {
            await BeginAsync(cancellationToken);
            return await run(_connection!, new CommandDefinition(first, parameters, _transaction, cancellationToken: cancellationToken));
        }
        catch (NpgsqlException exception) when (Transient.Is(exception))
        {
            // The pooled connection had died (a restarted server), or a deadlock chose us. Nothing has happened in this transaction yet, so a fresh one may try once.
            // Where one connection died the others in the pool did too; after a deadlock they are as good as before.
            var isAlive = _connection?.State == ConnectionState.Open;
            await ReleaseAsync();
            if (!isAlive)
            {
                _dataSource.Clear();
            }
            await BeginAsync(cancellationToken);
            return await run(_connection!, new CommandDefinition(first, parameters, _transaction, cancellationToken: cancellationToken));
        }
    }

    private async Task BeginAsync(CancellationToken cancellationToken)
    {
        _connection = await _dataSource.OpenConnectionAsync(cancellationToken);
        _transaction = await _connection.BeginTransactionAsync(cancellationToken);
    }

    private async Task ReleaseAsync()
    {
        try
        {
            await (_transaction?.DisposeAsync() ?? ValueTask.CompletedTask);
            await (_connection?.DisposeAsync() ?? ValueTask.CompletedTask);
        }
        catch (DbException)
        {
            // A broken connection cannot roll back; the server did when it lost us.
        }
        _transaction = null;
        _connection = null;
    }

    public async ValueTask DisposeAsync() => await ReleaseAsync();
}
