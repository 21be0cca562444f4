using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace ServiceDefaults.Postgres;

/// <summary>Once an hour deletes idempotency keys older than 72 hours, a thousand at a time.</summary>
internal sealed class ForgetOldIdempotencyKeys(NpgsqlDataSource dataSource, TimeProvider clock, ILogger<ForgetOldIdempotencyKeys> logger) : BackgroundService
{
    private const int Batch = 1_000;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromHours(1), clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                while (await ForgetAsync(stoppingToken) == Batch) { }
            }
            catch (NpgsqlException exception)
            {
                logger.LogWarning(exception, "Old idempotency keys could not be deleted; the next run will.");
            }
        }
    }

    private async Task<int> ForgetAsync(CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand("SELECT forget_old_idempotency_keys($1)");
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = Batch });
        return (int)(await command.ExecuteScalarAsync(cancellationToken))!;
    }
}
