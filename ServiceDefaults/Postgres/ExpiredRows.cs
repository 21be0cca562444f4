using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace ServiceDefaults.Postgres;

public static class ExpiredRows
{
    /// <summary>Once an hour deletes what has expired, a batch at a time, so that no lock is held for long.</summary>
    /// <param name="what">What is deleted, for the log.</param>
    /// <param name="deleteBatch">A statement that deletes at most <c>$1</c> rows and returns, as its only value, how many they were.</param>
    public static IServiceCollection ForgetHourly(this IServiceCollection services, string what, string deleteBatch) =>
        services.AddSingleton<IHostedService>(provider => ActivatorUtilities.CreateInstance<Forgetting>(provider, new Expiry(what, deleteBatch)));

    private sealed record Expiry(string What, string DeleteBatch);

    private sealed class Forgetting(Expiry expiry, NpgsqlDataSource dataSource, TimeProvider clock, ILogger<Forgetting> logger) : BackgroundService
    {
        private const int BatchSize = 5_000;

        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            using var timer = new PeriodicTimer(TimeSpan.FromHours(1), clock);
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                try
                {
                    while (await ForgetAsync(stoppingToken) == BatchSize) { }
                }
                catch (NpgsqlException exception)
                {
                    logger.LogWarning(exception, "Old {What} could not be deleted; the next run will.", expiry.What);
                }
            }
        }

        private async Task<int> ForgetAsync(CancellationToken cancellationToken)
        {
            await using var command = dataSource.CreateCommand(expiry.DeleteBatch);
            command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = BatchSize });
            return (int)(await command.ExecuteScalarAsync(cancellationToken))!;
        }
    }
}
