using Messages;
using Messages.CommunicationsIngest;
using Messaging.Consuming;
using ServiceDefaults.Postgres;

namespace Messaging.Tests;

/// <summary>A handler that counts how often each interaction was applied, and does what a test tells it to before that.</summary>
internal sealed class RecordInteractions(RecordInteractions.Script script) : IHandleEvents<InteractionRecorded>
{
    public async Task HandleAsync(UnitOfWork work, IReadOnlyList<Event<InteractionRecorded>> events, CancellationToken cancellationToken)
    {
        await script.Before(work, events);
        await work.ExecuteAsync(
            """
            INSERT INTO applied (workspace_id, consumer, interaction_id) SELECT @WorkspaceId, 'record', unnest(@ids)
            ON CONFLICT (workspace_id, consumer, interaction_id) DO UPDATE SET times = applied.times + 1
            """,
            new { work.WorkspaceId, ids = events.Select(e => e.Data.InteractionId).ToArray() },
            cancellationToken
        );
        await script.After(work, events);
    }

    public sealed class Script
    {
        public Func<UnitOfWork, IReadOnlyList<Event<InteractionRecorded>>, Task> Before { get; set; } = (_, _) => Task.CompletedTask;
        public Func<UnitOfWork, IReadOnlyList<Event<InteractionRecorded>>, Task> After { get; set; } = (_, _) => Task.CompletedTask;
    }
}
