using System.Text.Json;
using Messages;
using Messages.Contacts;
using Messaging.Consuming;
using ServiceDefaults.Json;
using ServiceDefaults.Postgres;

namespace CommunicationsIngest.Contacts;

/// <summary>Keeps the local copy of the contacts' cards and of their identities; an older version never replaces a newer one, nor a deletion.</summary>
internal sealed class RefreshContactCards : IHandleEvents<ContactChanged>
{
    public async Task HandleAsync(UnitOfWork work, IReadOnlyList<Event<ContactChanged>> events, CancellationToken cancellationToken)
    {
        // In order of the id, so that two batches wait for each other instead of deadlocking.
        var cards = events
            .Select(e => e.Data.Contact)
            .GroupBy(card => card.Id)
            .Select(versions => versions.MaxBy(card => card.Version)!)
            .OrderBy(card => card.Id)
            .ToList();
        var newer = (await StoreCardsAsync(work, cards, cancellationToken)).ToHashSet();
        await StoreIdentitiesAsync(work, [.. cards.Where(card => newer.Contains(card.Id))], cancellationToken);
    }

    private static Task<IReadOnlyList<Guid>> StoreCardsAsync(UnitOfWork work, List<ContactCard> cards, CancellationToken cancellationToken) =>
        work.QueryAsync<Guid>(
            """
            INSERT INTO contact_cards AS c (workspace_id, contact_id, version, name, card, updated_at)
            SELECT @WorkspaceId, * FROM unnest(@ids, @versions, @names, @cards::jsonb[], @times)
            ON CONFLICT (workspace_id, contact_id) DO UPDATE
            SET version = excluded.version, name = excluded.name, card = excluded.card, updated_at = excluded.updated_at, is_absorbed = false
            WHERE c.version < excluded.version
            RETURNING contact_id
            """,
            new
            {
                work.WorkspaceId,
                ids = cards.Select(card => card.Id).ToArray(),
                versions = cards.Select(card => card.Version).ToArray(),
                names = cards.Select(card => card.Name).ToArray(),
                cards = cards.Select(card => JsonSerializer.Serialize(card, ApiJson.Options)).ToArray(),
                times = cards.Select(card => card.UpdatedAt).ToArray(),
            },
            cancellationToken
        );

    private static async Task StoreIdentitiesAsync(UnitOfWork work, List<ContactCard> cards, CancellationToken cancellationToken)
    {
        if (cards.Count == 0)
        {
            return;
        }
        await work.ExecuteAsync(
            "DELETE FROM contact_identities WHERE contact_id = ANY (@ids)",
            new { ids = cards.Select(card => card.Id).ToArray() },
            cancellationToken
        );
        var identities = cards.SelectMany(card => card.Identities.Select(identity => (Card: card, Identity: identity))).ToList();
        await work.ExecuteAsync(
            """
            INSERT INTO contact_identities (workspace_id, kind, value, contact_id, updated_at)
            SELECT @WorkspaceId, * FROM unnest(@kinds, @values, @ids, @times)
            ON CONFLICT DO NOTHING
            """,
            new
            {
                work.WorkspaceId,
                kinds = identities.Select(pair => JsonNamingPolicy.SnakeCaseLower.ConvertName(pair.Identity.Kind.ToString())).ToArray(),
                values = identities.Select(pair => pair.Identity.Value).ToArray(),
                ids = identities.Select(pair => pair.Card.Id).ToArray(),
                times = identities.Select(pair => pair.Card.UpdatedAt).ToArray(),
            },
            cancellationToken
        );
    }
}
