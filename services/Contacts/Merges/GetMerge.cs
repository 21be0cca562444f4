using Microsoft.AspNetCore.Http.HttpResults;
using ServiceDefaults.Postgres;
using ServiceDefaults.Problems;

namespace Contacts.Merges;

internal static class GetMerge
{
    /// <summary>Get a merge</summary>
    /// <remarks>A merge is gone once one of its contacts was deleted.</remarks>
    public static async Task<Results<Ok<MergeResponse>, ProblemHttpResult>> HandleAsync(Guid id, UnitOfWork work, CancellationToken cancellationToken) =>
        await MergeRow.FindAsync(work, id, cancellationToken) is { } merge ? TypedResults.Ok(merge.ToResponse()) : Problem.NotFound("merge");
}
