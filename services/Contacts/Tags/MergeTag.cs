using System.Globalization;
using Contacts.Audit;
using Contacts.Cards;
using Contacts.MassChanges;
using Microsoft.AspNetCore.Http.HttpResults;
using ServiceDefaults.Authentication;
using ServiceDefaults.Postgres;
using ServiceDefaults.Problems;

namespace Contacts.Tags;

/// <param name="IntoTagId">The tag that stays.</param>
public sealed record MergeTagRequest(Guid IntoTagId);

internal static class MergeTag
{
    /// <summary>Merge a tag into another</summary>
    /// <remarks>
    /// Every contact that has the tag has the other one instead; each contact's history tells so. The tag itself is gone: its name is free, its id is not found any more.
    /// </remarks>
    public static async Task<Results<Ok<TagResponse>, ProblemHttpResult>> HandleAsync(
        Guid id,
        MergeTagRequest request,
        UnitOfWork work,
        Caller caller,
        TaggedContacts tagged,
        AuditLog audit,
        TimeProvider clock,
        CancellationToken cancellationToken
    )
    {
        var into = request.IntoTagId;
        if (into == id)
        {
            return Problem.Invalid("into_tag_id", "into_tag_id: another tag than the one that is merged.");
        }
        await TaggedContacts.LockAsync(work, id, cancellationToken);
        await Tag.LockAsync(work, [id, into], cancellationToken);
        var (gone, stays) = (await Tag.FindAsync(work, id, cancellationToken), await Tag.FindAsync(work, into, cancellationToken));
        if (gone is null)
        {
            return Problem.NotFound("tag");
        }
        if (stays is null || !TagName.TryParse(stays.Name, out var name))
        {
            return Problem.Invalid("into_tag_id", "into_tag_id: the workspace has no such tag.");
        }
        if (gone.IsSystem)
        {
            return TagProblems.System();
        }
        if (name == TagName.OptOut)
        {
            return OptOut.Protected();
        }
        var contacts = await tagged.WriteAsync(work, new(caller.Actor, ChangeKinds.TagMerged), id, name, clock.GetUtcNow(), cancellationToken);
        await MassChange.RunAsync(
            work,
            "INSERT INTO contact_tags (workspace_id, contact_id, tag_id) SELECT workspace_id, contact_id, @into FROM contact_tags WHERE tag_id = @id ON CONFLICT DO NOTHING",
            new { id, into },
            cancellationToken
        );
        await MassChange.RunAsync(work, "DELETE FROM tags WHERE id = @id", new { id }, cancellationToken);
        audit.Add(
            work,
            caller.Actor,
            "tag.merged",
            "tag",
            id.ToString(),
            new Dictionary<string, string> { ["into"] = into.ToString(), ["contacts"] = contacts.ToString(CultureInfo.InvariantCulture) }
        );
        return TypedResults.Ok((await Tag.FindAsync(work, into, cancellationToken))!);
    }
}
