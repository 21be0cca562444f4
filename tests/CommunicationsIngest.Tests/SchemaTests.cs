using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using ServiceDefaults.Postgres;
using Testing;

namespace CommunicationsIngest.Tests;

public sealed class SchemaTests(PostgresFixture postgres)
{
    private static readonly string[] WithoutWorkspace = ["inbox", "outbox", "schemaversions"];

    [Fact]
    public async Task Every_table_shows_the_service_one_workspace_only()
    {
        await using var communications = await Communications.StartAsync(postgres);
        await communications.TextAsync("+16045550142", "Hello, my name is John Smith");
        await communications.PutTranscriptAsync(await communications.CallAsync(), "person: Hello");
        await using var connection = new NpgsqlConnection(communications.Factory.OwnerConnectionString);
        var unprotected = await connection.QueryAsync<string>(
            """
            SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') AND NOT (c.relrowsecurity AND c.relforcerowsecurity)
            """
        );

        Assert.Equal(WithoutWorkspace, unprotected.Order());
        await using var other = communications.Factory.Services.GetRequiredService<Database>().Begin(Guid.CreateVersion7());
        foreach (
            var table in new[]
            {
                "conversations",
                "conversation_activity",
                "messages",
                "phone_numbers",
                "calls",
                "recordings",
                "contact_cards",
                "transcript_segments",
                "captured_details",
            }
        )
        {
            Assert.Equal(0, await other.SingleAsync<int>($"SELECT count(*)::int FROM {table}"));
        }
    }

    [Fact]
    public async Task The_service_cannot_write_into_another_workspace()
    {
        await using var communications = await Communications.StartAsync(postgres);
        await using var work = communications.Factory.Services.GetRequiredService<Database>().Begin(communications.WorkspaceId);

        await Assert.ThrowsAsync<PostgresException>(() =>
            work.ExecuteAsync("INSERT INTO workspaces VALUES (@other, 'x', 'US', now())", new { other = Guid.CreateVersion7() })
        );
    }
}
