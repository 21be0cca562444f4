using Contacts.Cards;
using Messages;
using ServiceDefaults.Postgres;

namespace Contacts.Merges;

/// <summary>What set the one-valued fields of two contacts, as provenance knows it.</summary>
internal sealed class FieldSources(IReadOnlyDictionary<(Guid ContactId, string Field), ActorKind> sources)
{
    public static async Task<FieldSources> ReadAsync(UnitOfWork work, MergePair pair, CancellationToken cancellationToken)
    {
        var rows = await work.QueryAsync<(Guid ContactId, string Field, string Source)>(
            """
            SELECT c.id, f.field, coalesce(c.provenance -> f.field ->> 'source', c.source)
            FROM contacts c CROSS JOIN unnest(@fields) AS f (field)
            WHERE c.id IN (@survivorId, @absorbedId)
            """,
            new
            {
                fields = OneValued.Of(pair.Survivor.State, pair.Absorbed.State).ToArray(),
                survivorId = pair.Survivor.Id,
                absorbedId = pair.Absorbed.Id,
            },
            cancellationToken
        );
        return new(rows.ToDictionary(row => (row.ContactId, row.Field), row => Enum.Parse<ActorKind>(row.Source, ignoreCase: true)));
    }

    /// <summary>Whether the value was taken from what was said, and not entered by somebody.</summary>
    public bool IsCaptured(Card card, string field) => sources.GetValueOrDefault((card.Id, field), card.Source) is ActorKind.Agent or ActorKind.System;
}
