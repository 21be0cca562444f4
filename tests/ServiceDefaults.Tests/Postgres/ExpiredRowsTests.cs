using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Time.Testing;
using Npgsql;
using Testing;

namespace ServiceDefaults.Tests.Postgres;

public sealed class ExpiredRowsTests(PostgresFixture postgres)
{
    [Fact]
    public async Task After_an_hour_keys_older_than_three_days_are_gone_and_no_others()
    {
        var clock = new FakeTimeProvider();
        await using var service = await ServiceFactory<Program>.CreateAsync(
            postgres,
            "notesdb",
            configureServices: services => services.Replace(ServiceDescriptor.Singleton<TimeProvider>(clock))
        );
        using var client = service.CreateClient(Guid.CreateVersion7());
        await using var owner = new NpgsqlConnection(service.OwnerConnectionString);
        await owner.ExecuteAsync(
            """
            INSERT INTO idempotency_keys (workspace_id, actor_id, key, request_hash, created_at)
            SELECT gen_random_uuid(), 'somebody', hours::text, '', now() - make_interval(hours => hours) FROM unnest(ARRAY[0, 71, 73, 1000]) AS hours
            """
        );

        clock.Advance(TimeSpan.FromHours(1));

        for (var i = 0; i < 100 && await CountAsync(owner) > 2; i++)
        {
            await Task.Delay(50);
        }
        Assert.Equal(["0", "71"], await owner.QueryAsync<string>("SELECT key FROM idempotency_keys ORDER BY key"));
    }

    private static Task<long> CountAsync(NpgsqlConnection owner) => owner.QuerySingleAsync<long>("SELECT count(*) FROM idempotency_keys");
}
