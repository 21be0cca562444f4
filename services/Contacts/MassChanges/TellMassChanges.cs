using Contacts.Cards;
using Messages;
using Messages.Contacts;
using Messaging.Sending;
using Npgsql;
using ServiceDefaults.Postgres;

namespace Contacts.MassChanges;

/// <summary>
/// Tells of each contact of a mass change, a page to a transaction, with the card as it is by then: where somebody has changed it once more, that is what is told, twice at
/// most, under its own version. Replicas share the work; what a crashed one had begun is still there.
/// </summary>
internal sealed class TellMassChanges(NpgsqlDataSource dataSource, Database database, Outbox outbox, MassChangeSignal signal, ILogger<TellMassChanges> logger)
    : BackgroundService
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (await TellAsync(stoppingToken) == 0)
                {
                    await signal.WaitAsync(PollInterval, stoppingToken);
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // Whatever went wrong, the pages are still there: say so and go on.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                logger.LogWarning(exception, "Contacts that changed together could not be told of; they are tried again.");
                await signal.WaitAsync(PollInterval, stoppingToken);
            }
        }
    }

    /// <summary>One page of each workspace, so that a large change of one does not hold up the others.</summary>
    /// <returns>How many pages were told.</returns>
    private async Task<int> TellAsync(CancellationToken cancellationToken)
    {
        var told = 0;
        foreach (var workspaceId in await WorkspacesAsync(cancellationToken))
        {
            told += await TellPageAsync(workspaceId, cancellationToken) ? 1 : 0;
        }
        return told;
    }

    private async Task<List<Guid>> WorkspacesAsync(CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand("SELECT workspaces_with_mass_changes()");
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var workspaces = new List<Guid>();
        while (await reader.ReadAsync(cancellationToken))
        {
            workspaces.Add(reader.GetGuid(0));
        }
        return workspaces;
    }

    private async Task<bool> TellPageAsync(Guid workspaceId, CancellationToken cancellationToken)
    {
        await using var work = database.Begin(workspaceId);
        var page = await work.FirstOrDefaultAsync<PageRow>(
            """
            DELETE FROM mass_change_pages WHERE id = (SELECT id FROM mass_change_pages ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED)
            RETURNING contact_ids, field, source, actor_id, trace_parent
            """,
            null,
            cancellationToken
        );
        if (page is null)
        {
            return false;
        }
        var actor = new Actor(Enum.Parse<ActorKind>(page.Source, ignoreCase: true), page.ActorId);
        foreach (var card in await Card.FindAllAsync(work, page.ContactIds, cancellationToken))
        {
            outbox.Enqueue(work, actor, new ContactChanged(card.ToMessage(), [page.Field]), page.TraceParent);
        }
        await work.CommitAsync(cancellationToken);
        return true;
    }

    private sealed class PageRow
    {
        public Guid[] ContactIds { get; init; } = [];
        public string Field { get; init; } = "";
        public string Source { get; init; } = "";
        public string ActorId { get; init; } = "";
        public string? TraceParent { get; init; }
    }
}
