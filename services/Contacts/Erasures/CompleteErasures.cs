using Messages;
using Messages.CommunicationsIngest;
using Messaging.Consuming;
using ServiceDefaults.Postgres;

namespace Contacts.Erasures;

/// <summary>What was said with the person is gone too: the erasure is done.</summary>
internal sealed class CompleteErasures : IHandleEvents<ConversationsErased>
{
    public Task HandleAsync(UnitOfWork work, IReadOnlyList<Event<ConversationsErased>> events, CancellationToken cancellationToken) =>
        work.ExecuteAsync(
            """
            UPDATE erasures e SET conversations = told.conversations, completed_at = told.at
            FROM unnest(@ids, @conversations, @times) AS told (id, conversations, at)
            WHERE e.id = told.id AND e.completed_at IS NULL
            """,
            new
            {
                ids = events.Select(e => e.Data.ErasureId).ToArray(),
                conversations = events.Select(e => e.Data.Conversations).ToArray(),
                times = events.Select(e => e.OccurredAt.ToUniversalTime()).ToArray(),
            },
            cancellationToken
        );
}
