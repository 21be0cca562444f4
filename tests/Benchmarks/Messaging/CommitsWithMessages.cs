using Npgsql;

namespace Benchmarks.Messaging;

/// <summary>Why the relay is woken in memory and not by NOTIFY (ADR 0003): commits per second of one small insert, bare, with an outbox row, and with NOTIFY besides.</summary>
internal static class CommitsWithMessages
{
    private const int Clients = 16;
    private static readonly TimeSpan Time = TimeSpan.FromSeconds(8);

    public static async Task<Measurement[]> RunAsync(Servers servers)
    {
        await using var dataSource = new NpgsqlDataSourceBuilder(
            new NpgsqlConnectionStringBuilder(await servers.DatabaseAsync("commits")) { MaxPoolSize = Clients, MaxAutoPrepare = 20 }.ConnectionString
        ).Build();
        await using (
            var create = dataSource.CreateCommand(
                "CREATE TABLE row (id uuid PRIMARY KEY, text text); CREATE TABLE outbox (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, type text, event text)"
            )
        )
        {
            await create.ExecuteNonQueryAsync();
        }
        const string Insert = "INSERT INTO row VALUES (gen_random_uuid(), repeat('x', 200))";
        const string Enqueue = "INSERT INTO outbox (type, event) VALUES ('t', repeat('x', 400))";
        var bare = await MeasureAsync(dataSource, Insert);
        var outbox = await MeasureAsync(dataSource, Insert, Enqueue);
        var notify = await MeasureAsync(dataSource, Insert, Enqueue, "SELECT pg_notify('outbox', '')");
        return [new("one insert a commit", bare), new("and an outbox row", outbox, bare), new("and an outbox row and NOTIFY", notify, bare)];
    }

    private static Task<double> MeasureAsync(NpgsqlDataSource dataSource, params string[] statements) =>
        Load.RateAsync(
            Clients,
            Time,
            async () =>
            {
                await using var connection = await dataSource.OpenConnectionAsync();
                await using var batch = new NpgsqlBatch(connection);
                foreach (var statement in statements)
                {
                    batch.BatchCommands.Add(new NpgsqlBatchCommand(statement));
                }
                await batch.ExecuteNonQueryAsync();
            }
        );
}
