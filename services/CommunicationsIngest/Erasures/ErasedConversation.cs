using System.Text.Json;
using Messages.Contacts;
using ServiceDefaults.Postgres;

namespace CommunicationsIngest.Erasures;

/// <summary>A conversation of a person who is being erased.</summary>
internal sealed class ErasedConversation
{
    public Guid Id { get; init; }
    public DateTimeOffset StartedAt { get; init; }

    /// <summary>Something was said in it after the person asked.</summary>
    public bool GoesOn { get; init; }

    /// <summary>
    /// The contact's conversations, and those under its numbers that are nobody's: not linked yet, or not any more. Under the same number there may be those of another contact,
    /// who has it now; they stay.
    /// </summary>
    public static Task<IReadOnlyList<ErasedConversation>> LockAsync(
        UnitOfWork work,
        ContactErased erased,
        DateTimeOffset at,
        CancellationToken cancellationToken
    ) =>
        work.QueryAsync<ErasedConversation>(
            """
            SELECT c.id, c.started_at,
                EXISTS (SELECT FROM messages m WHERE m.workspace_id = c.workspace_id AND m.conversation_id = c.id AND m.at > @at) AS goes_on
            FROM conversations c
            WHERE c.erased_at IS NULL AND (
                c.contact_id = ANY (@ContactIds)
                OR c.id IN (
                    SELECT nobodys.id FROM unnest(@kinds, @values) AS identity (kind, value)
                    JOIN conversations nobodys ON nobodys.participant = identity.value AND nobodys.participant_kind = identity.kind
                    WHERE nobodys.contact_id IS NULL))
            ORDER BY c.id
            FOR UPDATE OF c
            """,
            new
            {
                ContactIds = erased.ContactIds.ToArray(),
                kinds = erased.Identities.Select(identity => JsonNamingPolicy.SnakeCaseLower.ConvertName(identity.Kind.ToString())).ToArray(),
                values = erased.Identities.Select(identity => identity.Value).ToArray(),
                at,
            },
            cancellationToken
        );
}
