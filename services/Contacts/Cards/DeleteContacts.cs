using System.ComponentModel.DataAnnotations;
using Contacts.Audit;
using Microsoft.AspNetCore.Http.HttpResults;
using ServiceDefaults.Authentication;
using ServiceDefaults.Postgres;

namespace Contacts.Cards;

/// <param name="Ids">1 to 1,000 contacts.</param>
public sealed record DeleteContactsRequest([Required, Length(1, DeleteContacts.MaxIds)] IReadOnlyList<Guid> Ids);

/// <param name="Results">One for each id given, in that order.</param>
public sealed record DeleteContactsResponse(IReadOnlyList<DeletionResult> Results);

/// <param name="ContactId">The contact that it was merged into, which is there still unless it was named as well.</param>
public sealed record DeletionResult(Guid Id, DeletionStatus Status, Guid? ContactId = null);

public enum DeletionStatus
{
    Deleted,
    NotFound,
    Merged,
}

internal static class DeleteContacts
{
    public const int MaxIds = 1_000;

    /// <summary>Delete many contacts for good</summary>
    /// <remarks>As one by one, all at once: an id that does not exist (any more), or that was merged into another contact, keeps none of the others from being deleted.</remarks>
    public static async Task<Ok<DeleteContactsResponse>> HandleAsync(
        DeleteContactsRequest request,
        UnitOfWork work,
        Caller caller,
        ContactRemoval removal,
        AuditLog audit,
        TimeProvider clock,
        CancellationToken cancellationToken
    )
    {
        Guid[] ids = [.. request.Ids.Distinct()];
        await ContactRemoval.LockAsync(work, ids, cancellationToken);
        var mergedInto = (
            await work.QueryAsync<(Guid Id, Guid? MergedInto)>("SELECT id, merged_into FROM contacts WHERE id = ANY (@ids)", new { ids }, cancellationToken)
        ).ToDictionary(contact => contact.Id, contact => contact.MergedInto);
        var results = new List<DeletionResult>();
        foreach (var id in request.Ids)
        {
            results.Add(
                !mergedInto.TryGetValue(id, out var survivor) ? new(id, DeletionStatus.NotFound)
                : survivor is null ? new(id, DeletionStatus.Deleted)
                : new(id, DeletionStatus.Merged, await Absorbed.SurvivorOfAsync(work, id, cancellationToken))
            );
        }
        Guid[] live = [.. mergedInto.Where(contact => contact.Value is null).Select(contact => contact.Key)];
        await removal.RemoveAsync(work, caller.Actor, live, isErased: false, clock.GetUtcNow(), cancellationToken);
        foreach (var id in live)
        {
            audit.Add(work, caller.Actor, "contact.deleted", "contact", id.ToString());
        }
        return TypedResults.Ok(new DeleteContactsResponse(results));
    }
}
