using Contacts.Audit;
using Microsoft.AspNetCore.Http.HttpResults;
using ServiceDefaults.Authentication;
using ServiceDefaults.Postgres;
using ServiceDefaults.Problems;

namespace Contacts.Duplicates;

/// <param name="Status"><c>dismissed</c>, or <c>open</c> to propose the pair again. Merging is <c>POST /v1/merges</c>.</param>
public sealed record UpdateDuplicateRequest(DuplicateStatus Status);

internal static class UpdateDuplicate
{
    /// <summary>Dismiss a duplicate, or open it again</summary>
    /// <remarks>A dismissed pair stays dismissed whatever is found again. 409 <c>duplicate-merged</c> where the two are one contact already.</remarks>
    public static async Task<Results<Ok<DuplicateResponse>, ProblemHttpResult>> HandleAsync(
        Guid id,
        UpdateDuplicateRequest request,
        UnitOfWork work,
        Caller caller,
        AuditLog audit,
        CancellationToken cancellationToken
    )
    {
        if (request.Status == DuplicateStatus.Merged)
        {
            return Problem.Invalid("status", "status: dismissed or open. Two contacts are merged by POST /v1/merges.");
        }
        if (await DuplicateRow.QueryAsync(work, "WHERE d.id = @id FOR UPDATE", new { id }, cancellationToken) is not [var row])
        {
            return Problem.NotFound("duplicate");
        }
        if (row.Status == "merged")
        {
            return Problem.Conflict("duplicate-merged", "The two are one contact already.");
        }
        var status = request.Status.ToString().ToLowerInvariant();
        if (row.Status != status)
        {
            await work.ExecuteAsync("UPDATE duplicates SET status = @status WHERE id = @id", new { id, status }, cancellationToken);
            audit.Add(work, caller.Actor, status == "open" ? "duplicate.reopened" : "duplicate.dismissed", "duplicate", id.ToString());
        }
        var after = await DuplicateRow.QueryAsync(work, "WHERE d.id = @id", new { id }, cancellationToken);
        return TypedResults.Ok((await DuplicateRow.ToResponsesAsync(work, after, cancellationToken))[0]);
    }
}
