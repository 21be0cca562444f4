using Contacts.AppHost.Local.Servers;
using Npgsql;

namespace AppHost.Tests.Servers;

public sealed class PostgresServerTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Data_survives_a_kill_and_the_port_stays()
    {
        using var folder = new TemporaryFolder();
        await using var server = await PostgresServer.StartAsync(new PostgresOptions(folder["postgres"], Durable: false), Cancel);
        await server.CreateDatabaseAsync("shop", Cancel);
        await ExecuteAsync(server, "create table orders as select 42 as id");
        var (port, pid) = (server.Port, server.Pid);

        await server.KillAsync();
        await Assert.ThrowsAnyAsync<NpgsqlException>(() => ExecuteAsync(server, "select 1"));
        await server.StartAsync(Cancel);

        Assert.Equal(42, await ExecuteAsync(server, "select id from orders"));
        Assert.Equal(port, server.Port);
        Assert.NotEqual(pid, server.Pid);
    }

    [Fact]
    public async Task Data_and_password_survive_a_stop_and_a_new_object()
    {
        using var folder = new TemporaryFolder();
        var options = new PostgresOptions(folder["postgres"], Durable: false);
        await using (var first = await PostgresServer.StartAsync(options, Cancel))
        {
            await first.CreateDatabaseAsync("shop", Cancel);
            await ExecuteAsync(first, "create table orders as select 42 as id");
        }

        await using var second = await PostgresServer.StartAsync(options, Cancel);
        await second.CreateDatabaseAsync("shop", Cancel);

        Assert.Equal(42, await ExecuteAsync(second, "select id from orders"));
    }

    [Fact]
    public async Task Two_at_once_get_different_ports()
    {
        using var folder = new TemporaryFolder();
        await using var one = await PostgresServer.StartAsync(new PostgresOptions(folder["one"], Durable: false), Cancel);
        await using var two = await PostgresServer.StartAsync(new PostgresOptions(folder["two"], Durable: false), Cancel);

        Assert.NotEqual(one.Port, two.Port);
        Assert.NotEqual(one.Password, two.Password);
    }

    [Fact]
    public async Task Another_password_than_the_clusters_is_refused_with_the_reason()
    {
        using var folder = new TemporaryFolder();
        await using (await PostgresServer.StartAsync(new PostgresOptions(folder["postgres"], Durable: false, Password: "first"), Cancel)) { }

        var refusal = await Assert.ThrowsAsync<ServerStartException>(() =>
            PostgresServer.StartAsync(new PostgresOptions(folder["postgres"], Durable: false, Password: "second"), Cancel)
        );

        Assert.Contains("another password", refusal.Message, StringComparison.Ordinal);
    }

    private static async Task<object?> ExecuteAsync(PostgresServer server, string sql)
    {
        await using var connection = new NpgsqlConnection(server.ConnectionString("shop") + ";Pooling=false");
        await connection.OpenAsync(Cancel);
#pragma warning disable CA2100 // The tests' own constants.
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        return await command.ExecuteScalarAsync(Cancel);
    }
}
