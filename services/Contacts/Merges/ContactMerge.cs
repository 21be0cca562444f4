using Contacts.Cards;
using Contacts.Duplicates;
using Messages;
using Messages.Contacts;
using Messaging.Sending;
using Microsoft.AspNetCore.Http.HttpResults;
using ServiceDefaults.Postgres;

namespace Contacts.Merges;

/// <summary>A merge that was made, or why it was not.</summary>
internal readonly record struct MergeResult(Guid MergeId, Card? Card, ProblemHttpResult? Problem);

/// <summary>Makes one contact of two whose rows this unit of work has locked.</summary>
internal sealed class ContactMerge(ContactWriter writer, Outbox outbox, TimeProvider clock)
{
    public async Task<MergeResult> MakeAsync(
        UnitOfWork work,
        MergePair pair,
        IReadOnlyDictionary<string, MergeChoice> choices,
        Actor actor,
        CancellationToken cancellationToken
    )
    {
        var combination = Combination.Of(pair, await FieldSources.ReadAsync(work, pair, cancellationToken), choices);
        if (combination.Excess.Count > 0)
        {
            return new(default, null, MergeProblems.TooLarge(combination.Excess));
        }
        var now = clock.GetUtcNow();
        var id = Guid.CreateVersion7(now);
        await MergeRow.InsertAsync(work, id, pair, combination.State, actor, now, cancellationToken);
        var origin = new Origin(actor, ChangeKinds.Merged, new Evidence { MergeId = id });
        var written = await writer.UpdateAsync(
            work,
            [
                new(pair.Survivor, combination.State, origin),
                new(pair.Absorbed, pair.Absorbed.State with { Identities = [] }, origin) { MergedInto = pair.Survivor.Id },
            ],
            cancellationToken
        );
        if (written.Refused.Count > 0)
        {
            return new(default, null, CardProblems.Refused(written.Refused));
        }
        await CarriedProvenance.ToSurvivorAsync(
            work,
            id,
            [.. combination.Taken.Where(field => !OneValued.AreEqual(pair.Survivor.State, combination.State, field))],
            cancellationToken
        );
        await DuplicateRows.FollowMergeAsync(work, pair.Survivor.Id, pair.Absorbed.Id, now, cancellationToken);
        var activity = await MergedActivity.AddAsync(work, pair.Survivor.Id, pair.Absorbed.Id, cancellationToken);
        outbox.Enqueue(work, actor, new ContactMerged(id, pair.Survivor.Id, pair.Absorbed.Id, written.Cards[1].Version));
        MergedActivity.Announce(outbox, work, actor, activity);
        return new(id, await ReadAsync(work, pair.Survivor.Id, cancellationToken), null);
    }

    private static async Task<Card> ReadAsync(UnitOfWork work, Guid id, CancellationToken cancellationToken) =>
        (await Card.FindAllAsync(work, [id], cancellationToken))[0];
}
