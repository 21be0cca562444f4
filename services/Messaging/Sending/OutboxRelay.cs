using MassTransit;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using ServiceDefaults.Postgres;

namespace Messaging.Sending;

/// <summary>
/// Moves events from the outbox to the broker: takes rows in order, many to a message, waits for the broker's confirmation, deletes them. A crash between any two steps sends
/// the rows again, and the consumers' inbox drops what they have had. Replicas share the work: each skips the rows that another holds.
/// </summary>
internal sealed class OutboxRelay(
    NpgsqlDataSource dataSource,
    IBusControl bus,
    IEnumerable<Publication> publications,
    OutboxSignal signal,
    TimeProvider clock,
    ILogger<OutboxRelay> logger
) : BackgroundService
{
    private const int RowsPerRound = 5_000;
    private const int EventsPerMessage = 500;
    private const int CharactersPerMessage = 1_000_000;

    /// <summary>How often to look for rows that a crashed process left behind.</summary>
    private static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(1);

    /// <summary>A short rest between rounds lets events gather, so that a busy service sends fewer, fuller messages.</summary>
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan ConfirmationTimeout = TimeSpan.FromSeconds(15);

    private readonly Dictionary<string, Publication> _publications = publications.ToDictionary(publication => publication.EventName);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var relayed = bus.CheckHealth().Status == BusHealthStatus.Healthy ? await RelayAsync(stoppingToken) : 0;
                if (relayed == 0)
                {
                    await signal.WaitAsync(PollInterval, stoppingToken);
                }
                else if (relayed < RowsPerRound)
                {
                    await Task.Delay(Gathering, clock, stoppingToken);
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // Whatever went wrong, the rows are still there: say so and try again.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                logger.LogWarning(exception, "Events could not be relayed; they stay in the outbox and are tried again.");
                await Task.Delay(PollInterval, clock, stoppingToken);
            }
        }
    }

    /// <returns>How many rows were sent and deleted.</returns>
    internal async Task<int> RelayAsync(CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var rows = await TakeAsync(connection, cancellationToken);
        if (rows.Count == 0)
        {
            return 0;
        }
        await PublishAsync(rows, cancellationToken);
        await DeleteAsync(connection, rows, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return rows.Count;
    }

    private async Task<List<OutboxRow>> TakeAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            "SELECT id, type, event FROM outbox WHERE type = ANY ($1) ORDER BY id LIMIT $2 FOR UPDATE SKIP LOCKED",
            connection
        );
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. _publications.Keys] });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = RowsPerRound });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var rows = new List<OutboxRow>();
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(new(reader.GetInt64(0), reader.GetString(1), reader.GetString(2)));
        }
        return rows;
    }

    private async Task PublishAsync(List<OutboxRow> rows, CancellationToken cancellationToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(ConfirmationTimeout);
        await Task.WhenAll(
            rows.GroupBy(row => row.Type)
                .SelectMany(Messages)
                .Select(message => _publications[message[0].Type].PublishAsync(bus, message.Select(row => row.Event), timeout.Token))
        );
    }

    /// <summary>Cuts rows of one type into messages of bounded count and size.</summary>
    private static IEnumerable<List<OutboxRow>> Messages(IEnumerable<OutboxRow> rows)
    {
        var message = new List<OutboxRow>();
        var characters = 0;
        foreach (var row in rows)
        {
            if (message.Count == EventsPerMessage || (message.Count > 0 && characters + row.Event.Length > CharactersPerMessage))
            {
                yield return message;
                message = [];
                characters = 0;
            }
            message.Add(row);
            characters += row.Event.Length;
        }
        yield return message;
    }

    private static async Task DeleteAsync(NpgsqlConnection connection, List<OutboxRow> rows, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("DELETE FROM outbox WHERE id = ANY ($1)", connection);
        command.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = [.. rows.Select(row => row.Id)] });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private sealed record OutboxRow(long Id, string Type, string Event);
}
