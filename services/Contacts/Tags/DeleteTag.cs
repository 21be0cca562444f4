using System.Globalization;
using Contacts.Audit;
using Contacts.Cards;
using Contacts.MassChanges;
using Microsoft.AspNetCore.Http.HttpResults;
using ServiceDefaults.Authentication;
using ServiceDefaults.Postgres;
using ServiceDefaults.Problems;

namespace Contacts.Tags;

internal static class DeleteTag
{
    /// <summary>Delete a tag</summary>
    /// <remarks>It comes off every contact that has it; each contact's history tells so.</remarks>
    public static async Task<Results<NoContent, ProblemHttpResult>> HandleAsync(
        Guid id,
        UnitOfWork work,
        Caller caller,
        TaggedContacts tagged,
        AuditLog audit,
        TimeProvider clock,
        CancellationToken cancellationToken
    )
    {
        await TaggedContacts.LockAsync(work, id, cancellationToken);
        await Tag.LockAsync(work, [id], cancellationToken);
        var tag = await Tag.FindAsync(work, id, cancellationToken);
        if (tag is null)
        {
            return Problem.NotFound("tag");
        }
        if (tag.IsSystem)
        {
            return TagProblems.System();
        }
        var contacts = await tagged.WriteAsync(work, new(caller.Actor, ChangeKinds.TagDeleted), id, null, clock.GetUtcNow(), cancellationToken);
        await MassChange.RunAsync(work, "DELETE FROM tags WHERE id = @id", new { id }, cancellationToken);
        audit.Add(
            work,
            caller.Actor,
            "tag.deleted",
            "tag",
            id.ToString(),
            new Dictionary<string, string> { ["contacts"] = contacts.ToString(CultureInfo.InvariantCulture) }
        );
        return TypedResults.NoContent();
    }
}
