using System.Data;
using System.Data.Common;
using Dapper;
using Npgsql;

namespace ServiceDefaults.Postgres;

/// <summary>
/// One transaction in one workspace. Row-level security shows it that workspace's rows and no others: the workspace is set on the transaction in the same round trip as the
/// first statement. What is not committed when it is disposed is rolled back. One that only reads has no transaction to hold: each of its statements is a transaction of its
/// own, in one round trip. Not for concurrent use.
/// </summary>
public sealed class UnitOfWork : IAsyncDisposable
{
    private readonly NpgsqlDataSource _dataSource;
    private readonly List<Func<CancellationToken, Task>> _beforeCommit = [];
    private readonly List<Action> _afterCommit = [];
    private NpgsqlConnection? _connection;
    private NpgsqlTransaction? _transaction;

    internal UnitOfWork(NpgsqlDataSource dataSource, Guid workspaceId, bool isReadOnly = false)
    {
        _dataSource = dataSource;
        WorkspaceId = workspaceId;
        IsReadOnly = isReadOnly;
    }

    public Guid WorkspaceId { get; }

    /// <summary>The server refuses what would write.</summary>
    public bool IsReadOnly { get; }

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
            await RunFirstAsync("SELECT 1", null, (connection, command) => connection.ExecuteAsync(command), cancellationToken);
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

    private Task<T> RunAsync<T>(string sql, object? parameters, Func<NpgsqlConnection, CommandDefinition, Task<T>> run, CancellationToken cancellationToken) =>
        _transaction is not null ? run(_connection!, new CommandDefinition(sql, parameters, _transaction, cancellationToken: cancellationToken))
        : IsReadOnly ? RunAloneAsync(sql, parameters, run, cancellationToken)
        : RunFirstAsync(sql, parameters, run, cancellationToken);

    private Task<T> RunFirstAsync<T>(
        string sql,
        object? parameters,
        Func<NpgsqlConnection, CommandDefinition, Task<T>> run,
        CancellationToken cancellationToken
    ) =>
        TryTwiceAsync(async () =>
        {
            _connection = await _dataSource.OpenConnectionAsync(cancellationToken);
            _transaction = await _connection.BeginTransactionAsync(cancellationToken);
            // Npgsql sends BEGIN with the statement.
            return await run(_connection, new CommandDefinition($"{SetWorkspace};\n{sql}", parameters, _transaction, cancellationToken: cancellationToken));
        });

    private Task<T> RunAloneAsync<T>(
        string sql,
        object? parameters,
        Func<NpgsqlConnection, CommandDefinition, Task<T>> run,
        CancellationToken cancellationToken
    ) =>
        TryTwiceAsync(async () =>
        {
            // One that failed before may still be here.
            await ReleaseAsync();
            _connection = await _dataSource.OpenConnectionAsync(cancellationToken);
            var alone = $"BEGIN READ ONLY;\n{SetWorkspace};\n{sql};\nCOMMIT";
            // Where the statement fails the transaction stays open, and the pool rolls it back when it gets the connection.
            var result = await run(_connection, new CommandDefinition(alone, parameters, cancellationToken: cancellationToken));
            await ReleaseAsync();
            return result;
        });

    /// <summary>The id is a Guid, so it can be written into the text; SET takes no parameters.</summary>
    private string SetWorkspace => $"SET LOCAL app.workspace_id = '{WorkspaceId:D}'";

    private async Task<T> TryTwiceAsync<T>(Func<Task<T>> run)
    {
        try
        {
            return await run();
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
            return await run();
        }
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
