using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using ServiceDefaults.Postgres;
using Testing;

namespace ServiceDefaults.Tests.Postgres;

public sealed class UnitOfWorkTests(PostgresFixture postgres) : NotesTests(postgres)
{
    [Fact]
    public async Task A_pooled_connection_that_died_is_replaced_once_and_nobody_notices()
    {
        await using (var warm = Service.Services.GetRequiredService<Database>().Begin(Workspace))
        {
            await warm.ExecuteAsync("SELECT 1");
        }
        await using (var owner = new NpgsqlConnection(Service.OwnerConnectionString))
        {
            await owner.ExecuteAsync("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename LIKE 'notesdb%' AND datname = current_database()");
        }

        var response = await Client.GetAsync("/v1/notes");

        Assert.True(response.IsSuccessStatusCode);
    }

    [Fact]
    public async Task A_first_statement_that_a_deadlock_chose_is_tried_once_more()
    {
        Guid[] notes = [Guid.CreateVersion7(), Guid.CreateVersion7()];
        var database = Service.Services.GetRequiredService<Database>();
        await using (var setUp = database.Begin(Workspace))
        {
            await setUp.ExecuteAsync("INSERT INTO notes (workspace_id, id, text) SELECT @Workspace, unnest(@notes), 'old'", new { Workspace, notes });
            await setUp.CommitAsync();
        }
        const string Update = "UPDATE notes SET text = @text WHERE id = @id";
        await using var other = new NpgsqlConnection(Service.OwnerConnectionString);
        await other.OpenAsync();
        await using var transaction = await other.BeginTransactionAsync();
        // The server looks for a deadlock first where the patience is shorter: ours is the one that it ends.
        await other.ExecuteAsync("SET LOCAL deadlock_timeout = '30s'");
        await other.ExecuteAsync(Update, new { id = notes[1], text = "other" });
        await using var work = database.Begin(Workspace);

        var ours = work.ExecuteAsync(
            $"{Update}; UPDATE notes SET text = @text WHERE id = @second",
            new
            {
                id = notes[0],
                second = notes[1],
                text = "ours",
            }
        );
        await Task.Delay(200);
        await other.ExecuteAsync(Update, new { id = notes[0], text = "other" });
        await transaction.CommitAsync();
        await ours;
        await work.CommitAsync();

        Assert.Equal(["ours", "ours"], await other.QueryAsync<string>("SELECT text FROM notes"));
    }

    [Fact]
    public async Task What_is_not_committed_is_rolled_back()
    {
        await using (var work = Service.Services.GetRequiredService<Database>().Begin(Workspace))
        {
            await work.ExecuteAsync("INSERT INTO notes (workspace_id, id, text) VALUES (@WorkspaceId, gen_random_uuid(), 'x')", new { work.WorkspaceId });
        }

        await using var after = Service.Services.GetRequiredService<Database>().Begin(Workspace);
        Assert.Empty(await after.QueryAsync<Guid>("SELECT id FROM notes"));
    }

    [Fact]
    public async Task Two_replicas_may_migrate_at_once()
    {
        var settings = new Dictionary<string, string?> { ["ConnectionStrings:notesdb"] = Service.OwnerConnectionString };
        await using var second = Service.WithWebHostBuilder(_ => { });
        await using var third = Service.WithWebHostBuilder(_ => { });

        var clients = await Task.WhenAll(Task.Run(second.CreateClient), Task.Run(third.CreateClient));

        foreach (var client in clients)
        {
            Assert.True((await client.GetAsync("/health")).IsSuccessStatusCode);
        }
    }
}
