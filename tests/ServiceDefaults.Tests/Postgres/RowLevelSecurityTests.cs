using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using ServiceDefaults.Postgres;
using Testing;

namespace ServiceDefaults.Tests.Postgres;

public sealed class RowLevelSecurityTests(PostgresFixture postgres) : NotesTests(postgres)
{
    private static readonly Guid Theirs = Guid.CreateVersion7();

    [Fact]
    public async Task A_workspace_sees_changes_and_deletes_only_its_own_rows()
    {
        await InsertAsync(Workspace, Workspace);
        await InsertAsync(Theirs, Theirs);
        await using var work = Begin(Workspace);

        Assert.Equal([Workspace], await work.QueryAsync<Guid>("SELECT workspace_id FROM notes"));
        Assert.Equal(0, await work.ExecuteAsync("UPDATE notes SET text = 'stolen' WHERE workspace_id = @Theirs", new { Theirs }));
        Assert.Equal(0, await work.ExecuteAsync("DELETE FROM notes WHERE workspace_id = @Theirs", new { Theirs }));
    }

    [Fact]
    public async Task A_row_cannot_be_written_into_another_workspace()
    {
        var refused = await Assert.ThrowsAsync<PostgresException>(() => InsertAsync(Workspace, Theirs));

        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
    }

    [Fact]
    public async Task Without_a_workspace_there_are_no_rows()
    {
        await InsertAsync(Workspace, Workspace);
        await using var connection = await Service.Services.GetRequiredService<NpgsqlDataSource>().OpenConnectionAsync();

        Assert.Equal(0, await connection.QuerySingleAsync<int>("SELECT count(*) FROM notes"));
    }

    [Fact]
    public async Task The_workspace_does_not_outlive_its_transaction_on_a_pooled_connection()
    {
        await using (var work = Begin(Workspace))
        {
            await work.ExecuteAsync("SELECT 1");
            await work.CommitAsync();
        }
        await using var connection = await Service.Services.GetRequiredService<NpgsqlDataSource>().OpenConnectionAsync();

        Assert.True(string.IsNullOrEmpty(await connection.QuerySingleAsync<string?>("SELECT current_setting('app.workspace_id', true)")));
    }

    [Theory]
    [InlineData("SET ROLE postgres")]
    [InlineData("ALTER TABLE notes DISABLE ROW LEVEL SECURITY")]
    [InlineData("ALTER TABLE notes NO FORCE ROW LEVEL SECURITY")]
    [InlineData("DROP POLICY workspace_isolation ON notes")]
    [InlineData("CREATE TABLE loot (id int)")]
    [InlineData("TRUNCATE notes")]
    public async Task The_services_role_cannot_get_around_it(string attack)
    {
        await using var work = Begin(Workspace);

        await Assert.ThrowsAsync<PostgresException>(() => work.ExecuteAsync(attack));
    }

    [Fact]
    public async Task Every_table_with_a_workspace_is_forced_and_has_the_policy()
    {
        _ = Client;
        await using var connection = new NpgsqlConnection(Service.OwnerConnectionString);
        var tables = await connection.QueryAsync<(string Name, bool Forced, bool Policy)>(
            """
            SELECT c.relname, c.relrowsecurity AND c.relforcerowsecurity,
                   EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid AND p.polname = 'workspace_isolation')
            FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'workspace_id'
            WHERE c.relkind IN ('r', 'p')
            """
        );

        Assert.Contains(tables, table => table.Name == "notes");
        Assert.Contains(tables, table => table.Name == "idempotency_keys");
        Assert.All(tables, table => Assert.True(table.Forced && table.Policy, table.Name));
    }

    private UnitOfWork Begin(Guid workspaceId) => Service.Services.GetRequiredService<Database>().Begin(workspaceId);

    private async Task InsertAsync(Guid actingIn, Guid workspaceId)
    {
        await using var work = Begin(actingIn);
        await work.ExecuteAsync("INSERT INTO notes (workspace_id, id, text) VALUES (@workspaceId, gen_random_uuid(), 'x')", new { workspaceId });
        await work.CommitAsync();
    }
}
