using Contacts.Cards;
using ServiceDefaults.Postgres;

namespace Contacts.Duplicates;

/// <summary>
/// Looks for doubles of contacts. A batch takes the same few statements for one contact as for hundreds; what is compared is bounded by the keys of these contacts, each of which
/// leads to 50 others at most, and not by how many contacts there are. What a contact only says is its own counts like what it has: both are what the person goes by.
/// </summary>
internal sealed class DuplicateSearch(TimeProvider clock)
{
    private const int PerRead = 500;

    public async Task LookAsync(UnitOfWork work, Guid[] ids, CancellationToken cancellationToken)
    {
        if (ids.Length == 0)
        {
            return;
        }
        // One batch of a workspace at a time: two that each saw only their own contacts would miss the pairs between them.
        await work.ExecuteAsync(
            "SELECT pg_advisory_xact_lock(hashtextextended('duplicates ' || @WorkspaceId, 0))",
            new { work.WorkspaceId },
            cancellationToken
        );
        while (ids.Length > 0)
        {
            ids = await LookOnceAsync(work, ids, cancellationToken);
        }
    }

    /// <returns>Contacts to look at again: what they have in common has become common by these. That happens once per key.</returns>
    private async Task<Guid[]> LookOnceAsync(UnitOfWork work, Guid[] ids, CancellationToken cancellationToken)
    {
        // What is stored now, not what the events say: their order is not promised.
        var changed = (await ReadAsync(work, ids, cancellationToken)).ToDictionary(card => card.Id);
        var keys = changed.Values.SelectMany(card => MatchKey.Of(card.State).Select(key => (card.Id, Key: key))).ToList();
        await MatchKeyRows.ReplaceAsync(work, ids, keys, cancellationToken);
        var holders = await MatchKeyRows.FindAsync(work, [.. keys.Select(one => one.Key).Distinct()], cancellationToken);
        var pairs = holders
            .Rare.Values.SelectMany(contacts =>
                contacts.Where(changed.ContainsKey).SelectMany(one => contacts.Where(other => other != one).Select(other => PairOfIds.Of(one, other)))
            )
            .ToHashSet();
        await ReadOthersAsync(work, changed, pairs, cancellationToken);
        var found = pairs
            .Where(pair => changed.ContainsKey(pair.A) && changed.ContainsKey(pair.B))
            .Select(pair => new FoundPair(pair, Likeness.Between(changed[pair.A].State, changed[pair.B].State, holders.Prove)))
            .Where(pair => pair.Likeness.IsEnough)
            .ToList();
        await DuplicateRows.ReplaceAsync(work, ids, found, clock.GetUtcNow(), cancellationToken);
        return [.. (await MatchKeyRows.NoteCommonAsync(work, holders, cancellationToken)).SelectMany(key => holders.Common[key]).Except(ids)];
    }

    private static async Task ReadOthersAsync(UnitOfWork work, Dictionary<Guid, Card> cards, HashSet<PairOfIds> pairs, CancellationToken cancellationToken)
    {
        var others = pairs.SelectMany(pair => new[] { pair.A, pair.B }).Distinct().Where(id => !cards.ContainsKey(id)).ToArray();
        foreach (var ids in others.Chunk(PerRead))
        {
            foreach (var card in await ReadAsync(work, ids, cancellationToken))
            {
                cards[card.Id] = card;
            }
        }
    }

    private static async Task<IReadOnlyList<Card>> ReadAsync(UnitOfWork work, Guid[] ids, CancellationToken cancellationToken)
    {
        var cards = await Card.FindAllAsync(work, ids, cancellationToken);
        var claims = (
            await work.QueryAsync<(Guid ContactId, string Kind, string Value)>(
                "SELECT contact_id, kind, value FROM identity_claims WHERE contact_id = ANY (@ids)",
                new { ids },
                cancellationToken
            )
        ).ToLookup(claim => claim.ContactId, claim => new Identity(claim.Kind, claim.Value, IsPrimary: false));
        return [.. cards.Select(card => card with { State = card.State.WithIdentities(card.State.Identities.Concat(claims[card.Id])) })];
    }
}
