using Contacts.Cards;
using Contacts.Duplicates;
using Contacts.Tags;
using Messages;
using Messages.Contacts;
using Messaging.Sending;
using Microsoft.AspNetCore.Http.HttpResults;
using ServiceDefaults.Authentication;
using ServiceDefaults.Postgres;
using ServiceDefaults.Problems;

namespace Contacts.Merges;

/// <param name="Survivor">The contact that had stayed, without what the other one brought.</param>
/// <param name="Absorbed">The contact that is there again.</param>
public sealed record UndoneMerge(Guid Id, ContactResponse Survivor, ContactResponse Absorbed);

internal static class UndoMerge
{
    /// <summary>Undo a merge</summary>
    /// <remarks>
    /// The absorbed contact is there again with its fields, tags, conversations, counters and those identities that the survivor still has. The survivor's fields go back where they still
    /// have what the merge gave them; what happened since stays with the survivor, and a restriction (opt-out, Do Not Call) that came since stays on both. 409: <c>merge-undone</c> for a
    /// second time, <c>merge-chain</c> where the survivor was absorbed itself (<c>merge_id</c> is the merge to undo first). 404 once one of the contacts was deleted: with the survivor
    /// goes what it absorbed.
    /// </remarks>
    public static async Task<Results<Ok<UndoneMerge>, ProblemHttpResult>> HandleAsync(
        Guid id,
        UnitOfWork work,
        Caller caller,
        ContactWriter writer,
        Outbox outbox,
        TimeProvider clock,
        CancellationToken cancellationToken
    )
    {
        var found = await LockAsync(work, id, cancellationToken);
        if (found.Merge is not { } merge)
        {
            return found.Problem!;
        }
        var cards = await Card.QueryAsync(work, "WHERE c.id IN (@SurvivorId, @AbsorbedId)", new { merge.SurvivorId, merge.AbsorbedId }, cancellationToken);
        var (survivor, absorbed) = (cards.Single(card => card.Id == merge.SurvivorId), cards.Single(card => card.Id == merge.AbsorbedId));
        var restoration = Restoration.Of(
            merge,
            survivor.State,
            absorbed.State,
            await TagsByIdAsync(work, merge.AddedTags, cancellationToken),
            await TagsSetSinceAsync(work, merge, cancellationToken)
        );
        var origin = new Origin(caller.Actor, ChangeKinds.MergeUndone, new Evidence { MergeId = id });
        var written = await writer.UpdateAsync(
            work,
            [new(survivor, restoration.Survivor, origin), new(absorbed, restoration.Absorbed, origin)],
            cancellationToken
        );
        if (written.Refused.Count > 0)
        {
            return CardProblems.Refused(written.Refused);
        }
        await CarriedProvenance.BackAsync(work, id, restoration.Restored, cancellationToken);
        await DuplicateRows.FollowUndoneMergeAsync(work, merge.SurvivorId, merge.AbsorbedId, cancellationToken);
        await CloseAsync(work, id, caller.Actor, clock.GetUtcNow(), cancellationToken);
        outbox.Enqueue(work, caller.Actor, new ContactMergeUndone(id, merge.SurvivorId, merge.AbsorbedId));
        MergedActivity.Announce(outbox, work, caller.Actor, await MergedActivity.TakeBackAsync(work, merge, cancellationToken));
        var after = (await Card.FindAllAsync(work, [merge.SurvivorId, merge.AbsorbedId], cancellationToken)).ToDictionary(card => card.Id);
        return TypedResults.Ok(new UndoneMerge(id, after[merge.SurvivorId].ToResponse(), after[merge.AbsorbedId].ToResponse()));
    }

    private static async Task<(MergeRow? Merge, ProblemHttpResult? Problem)> LockAsync(UnitOfWork work, Guid id, CancellationToken cancellationToken)
    {
        if (await MergeRow.FindAsync(work, id, cancellationToken) is not { } merge)
        {
            return (null, Problem.NotFound("merge"));
        }
        await MergePair.LockAsync(work, [merge.SurvivorId, merge.AbsorbedId], cancellationToken);
        // Read again: what it said before the wait may be over.
        if (await MergeRow.FindAsync(work, id, cancellationToken) is not { } locked)
        {
            return (null, Problem.NotFound("merge"));
        }
        if (locked.UndoneAt is not null)
        {
            return (null, MergeProblems.Undone());
        }
        var later = await work.FirstOrDefaultAsync<Guid?>(
            "SELECT id FROM merges WHERE absorbed_id = @SurvivorId AND undone_at IS NULL",
            new { locked.SurvivorId },
            cancellationToken
        );
        return later is { } laterId ? (null, MergeProblems.Chain(laterId)) : (locked, null);
    }

    private static async Task<IReadOnlyList<TagName>> TagsByIdAsync(UnitOfWork work, Guid[] ids, CancellationToken cancellationToken) =>
        ids.Length == 0
            ? []
            :
            [
                .. (
                    await work.QueryAsync<(string Name, string Key)>("SELECT name, key FROM tags WHERE id = ANY (@ids)", new { ids }, cancellationToken)
                ).Select(tag => new TagName(tag.Name, tag.Key)),
            ];

    /// <summary>Tags that a change since the merge added to the survivor: they are no longer the merge's.</summary>
    private static async Task<HashSet<string>> TagsSetSinceAsync(UnitOfWork work, MergeRow merge, CancellationToken cancellationToken)
    {
        var names = await work.QueryAsync<string>(
            """
            SELECT DISTINCT tag.name
            FROM contact_changes c
            CROSS JOIN jsonb_to_recordset(c.fields) AS change (field text, before jsonb, after jsonb)
            CROSS JOIN jsonb_array_elements_text(change.after) AS tag (name)
            WHERE c.contact_id = @SurvivorId AND change.field = 'tags' AND NOT change.before ? tag.name
              AND c.version > @SurvivorVersion AND c.evidence ->> 'merge_id' IS DISTINCT FROM @mergeId
              AND c.kind <> ALL (@tagsThemselves)
            """,
            new
            {
                merge.SurvivorId,
                merge.SurvivorVersion,
                mergeId = merge.Id.ToString(),
                // A new name of a tag is nobody's decision on this contact.
                tagsThemselves = new[] { ChangeKinds.TagRenamed, ChangeKinds.TagMerged },
            },
            cancellationToken
        );
        return [.. names.Select(name => name.ToLowerInvariant())];
    }

    private static Task<int> CloseAsync(UnitOfWork work, Guid id, Actor actor, DateTimeOffset now, CancellationToken cancellationToken) =>
        work.ExecuteAsync(
            "UPDATE merges SET undone_at = @now, undone_source = @source, undone_by = @actorId WHERE id = @id",
            new
            {
                id,
                now,
                source = actor.Kind.ToString().ToLowerInvariant(),
                actorId = actor.Id,
            },
            cancellationToken
        );
}
