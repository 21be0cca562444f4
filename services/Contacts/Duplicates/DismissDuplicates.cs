using System.ComponentModel.DataAnnotations;
using Contacts.Audit;
using Microsoft.AspNetCore.Http.HttpResults;
using ServiceDefaults.Authentication;
using ServiceDefaults.Postgres;

namespace Contacts.Duplicates;

/// <param name="Ids">Pairs, 1 to 500.</param>
public sealed record DismissDuplicatesRequest([Required] [Length(1, DismissDuplicates.MaxIds)] IReadOnlyList<Guid> Ids);

/// <summary>What became of the pairs, each id in one of the lists.</summary>
/// <param name="Dismissed">Dismissed now, or before.</param>
/// <param name="Merged">One contact already: nothing to dismiss.</param>
/// <param name="NotFound">No such pair: its evidence is gone, or one of the contacts.</param>
public sealed record DismissedDuplicates(IReadOnlyList<Guid> Dismissed, IReadOnlyList<Guid> Merged, IReadOnlyList<Guid> NotFound);

internal static class DismissDuplicates
{
    public const int MaxIds = 500;

    /// <summary>Dismiss many duplicates</summary>
    public static async Task<Ok<DismissedDuplicates>> HandleAsync(
        DismissDuplicatesRequest request,
        UnitOfWork work,
        Caller caller,
        AuditLog audit,
        CancellationToken cancellationToken
    )
    {
        Guid[] ids = [.. request.Ids.Distinct()];
        var rows = await DuplicateRow.QueryAsync(work, "WHERE d.id = ANY (@ids) ORDER BY d.id FOR UPDATE", new { ids }, cancellationToken);
        var open = rows.Where(row => row.Status == "open").Select(row => row.Id).ToArray();
        await work.ExecuteAsync("UPDATE duplicates SET status = 'dismissed' WHERE id = ANY (@open)", new { open }, cancellationToken);
        foreach (var id in open)
        {
            audit.Add(work, caller.Actor, "duplicate.dismissed", "duplicate", id.ToString());
        }
        var statuses = rows.ToDictionary(row => row.Id, row => row.Status);
        return TypedResults.Ok(
            new DismissedDuplicates(
                [.. ids.Where(id => statuses.GetValueOrDefault(id) is "open" or "dismissed")],
                [.. ids.Where(id => statuses.GetValueOrDefault(id) is "merged")],
                [.. ids.Where(id => !statuses.ContainsKey(id))]
            )
        );
    }
}
