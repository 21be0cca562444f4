using Microsoft.AspNetCore.Http.HttpResults;
using ServiceDefaults.Postgres;
using ServiceDefaults.Problems;

namespace Contacts.Erasures;

internal static class GetErasure
{
    /// <summary>Read an erasure</summary>
    public static async Task<Results<Ok<ErasureResponse>, ProblemHttpResult>> HandleAsync(Guid id, UnitOfWork work, CancellationToken cancellationToken) =>
        await work.FirstOrDefaultAsync<ErasureRow>($"SELECT {ErasureRow.Columns} FROM erasures WHERE id = @id", new { id }, cancellationToken) is { } row
            ? TypedResults.Ok(row.ToResponse())
            : Problem.NotFound("erasure");
}
