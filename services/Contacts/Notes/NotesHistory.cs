using Contacts.Cards;
using Contacts.History;
using ServiceDefaults.Postgres;

namespace Contacts.Notes;

internal static class NotesHistory
{
    /// <returns>The notes at a version: what the first change of them after it found there; the present ones where there was none.</returns>
    public static async Task<string?> AtAsync(UnitOfWork work, Card card, long version, CancellationToken cancellationToken)
    {
        var change = await work.FirstOrDefaultAsync<ChangeRow>(
            ChangeRow.Select
                + """
                WHERE contact_id = @Id AND version > @version AND fields @> '[{"field": "notes"}]'
                ORDER BY version LIMIT 1
                """,
            new { card.Id, version },
            cancellationToken
        );
        return change is null ? card.State.Notes : change.ReadFields().Single(field => field.Field == "notes").Before?.GetString();
    }
}
