using System.Text.Json;
using Contacts.Cards;
using ServiceDefaults.Api;
using ServiceDefaults.Json;
using ServiceDefaults.Postgres;

namespace Contacts.Duplicates;

/// <summary>A pair as it is stored.</summary>
internal sealed class DuplicateRow
{
    private const string Columns = "SELECT d.id, d.a_id, d.b_id, d.score, d.evidence, d.status, d.found_at FROM duplicates d ";

    public Guid Id { get; init; }
    public Guid AId { get; init; }
    public Guid BId { get; init; }
    public short Score { get; init; }
    public string Evidence { get; init; } = "";
    public string Status { get; init; } = "";
    public DateTimeOffset FoundAt { get; init; }

    /// <summary>Lists of pairs are ordered by score: the cursor's time counts its thousandths.</summary>
    public Cursor Cursor => new(new DateTimeOffset(Score, TimeSpan.Zero), Id);

    public static Task<IReadOnlyList<DuplicateRow>> QueryAsync(UnitOfWork work, string rest, object parameters, CancellationToken cancellationToken) =>
        work.QueryAsync<DuplicateRow>(Columns + rest, parameters, cancellationToken);

    public static async Task<IReadOnlyList<DuplicateResponse>> ToResponsesAsync(
        UnitOfWork work,
        IReadOnlyList<DuplicateRow> rows,
        CancellationToken cancellationToken
    )
    {
        Guid[] ids = [.. rows.SelectMany(row => new[] { row.AId, row.BId }).Distinct()];
        var contacts = ids.Length == 0 ? [] : (await Card.FindAllAsync(work, ids, cancellationToken)).ToDictionary(card => card.Id);
        return
        [
            .. rows.Select(row => new DuplicateResponse
            {
                Id = row.Id,
                Score = row.Score / 1000.0,
                Evidence = JsonSerializer.Deserialize<List<DuplicateEvidence>>(row.Evidence, ApiJson.Options)!,
                Status = Enum.Parse<DuplicateStatus>(row.Status, ignoreCase: true),
                FoundAt = row.FoundAt,
                Contacts =
                [
                    .. new[] { row.AId, row.BId }
                        .Where(contacts.ContainsKey)
                        .Select(id => contacts[id].ToResponse())
                        .OrderBy(contact => contact.CreatedAt)
                        .ThenBy(contact => contact.Id),
                ],
            }),
        ];
    }
}
