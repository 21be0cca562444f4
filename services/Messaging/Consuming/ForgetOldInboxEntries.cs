using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Messaging.Consuming;

/// <summary>Once an hour deletes inbox entries older than a week. Events carry versions, so even a later replay does no harm.</summary>
internal sealed class ForgetOldInboxEntries(NpgsqlDataSource dataSource, TimeProvider clock, ILogger<ForgetOldInboxEntries> logger) : BackgroundService
{
    private const int Batch = 10_000;

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
                logger.LogWarning(exception, "Old inbox entries could not be deleted; the next run will.");
            }
        }
    }

    private async Task<int> ForgetAsync(CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(
            "DELETE FROM inbox WHERE ctid = ANY (ARRAY(SELECT ctid FROM inbox WHERE received_at < now() - interval '7 days' LIMIT $1))"
        );
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = Batch });
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
