using System.ComponentModel.DataAnnotations;
using Contacts.Cards;
using Contacts.Merges;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using ServiceDefaults.Authentication;
using ServiceDefaults.Postgres;
using ServiceDefaults.Problems;

namespace Contacts.Duplicates;

/// <param name="Ids">Pairs, 1 to 100.</param>
public sealed record MergeDuplicatesRequest([Required] [Length(1, MergeDuplicates.MaxIds)] IReadOnlyList<Guid> Ids);

/// <summary>What became of each pair, in the order given.</summary>
public sealed record MergedDuplicates(IReadOnlyList<MergedDuplicate> Data);

/// <param name="Id">The pair's.</param>
/// <param name="MergeId">By which the merge is undone; null where it was not made.</param>
/// <param name="ContactId">The survivor; null where it was not made.</param>
/// <param name="Problem">Why it was not made; null where it was. <c>duplicate-not-open</c>, <c>evidence-gone</c>, or what a single merge answers.</param>
public sealed record MergedDuplicate(Guid Id, Guid? MergeId, Guid? ContactId, ProblemDetails? Problem);

internal static class MergeDuplicates
{
    public const int MaxIds = 100;

    /// <summary>Merge many duplicates</summary>
    /// <remarks>
    /// Of each pair the contact with more filled fields survives, the older one where both have as many; values are chosen as a preview without choices shows. Each pair has its own
    /// outcome; one whose evidence does not hold at this moment (what both have turned out to be shared by many) is refused, and so is one whose contact was absorbed by a pair before it.
    /// </remarks>
    public static async Task<Results<Ok<MergedDuplicates>, ProblemHttpResult>> HandleAsync(
        MergeDuplicatesRequest request,
        UnitOfWork work,
        Caller caller,
        ContactMerge merge,
        CancellationToken cancellationToken
    )
    {
        Guid[] ids = [.. request.Ids.Distinct()];
        var rows = (await DuplicateRow.QueryAsync(work, "WHERE d.id = ANY (@ids)", new { ids }, cancellationToken)).ToDictionary(row => row.Id);
        // All at once and in one order: pair by pair, two of these requests could wait for each other.
        await MergePair.LockAsync(work, [.. rows.Values.SelectMany(row => new[] { row.AId, row.BId }).Distinct()], cancellationToken);
        var outcomes = new List<MergedDuplicate>();
        foreach (var id in ids)
        {
            var made = await MergeAsync(work, rows.GetValueOrDefault(id), merge, caller, cancellationToken);
            outcomes.Add(made.Card is { } card ? new(id, made.MergeId, card.Id, null) : new MergedDuplicate(id, null, null, made.Problem!.ProblemDetails));
        }
        return TypedResults.Ok(new MergedDuplicates(outcomes));
    }

    private static async Task<MergeResult> MergeAsync(
        UnitOfWork work,
        DuplicateRow? row,
        ContactMerge merge,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        if (row is null)
        {
            return Refused(Problem.NotFound("duplicate"));
        }
        var found = await MergePair.FindAsync(work, row.AId, row.BId, cancellationToken);
        if (found.Pair is not { } pair)
        {
            return Refused(found.Problem!);
        }
        if (row.Status != "open")
        {
            return Refused(Problem.Conflict("duplicate-not-open", "The pair was dismissed or merged."));
        }
        var (one, other) = (pair.Survivor, pair.Absorbed);
        var holders = await MatchKeyRows.FindAsync(work, [.. MatchKey.Of(one.State).Intersect(MatchKey.Of(other.State))], cancellationToken);
        if (!Likeness.Between(one.State, other.State, holders.Prove).IsEnough)
        {
            return Refused(Problem.Conflict("evidence-gone", "What the two have in common no longer shows that they are one person."));
        }
        var survivor = new[] { one, other }.OrderByDescending(FilledFields).ThenBy(card => card.CreatedAt).ThenBy(card => card.Id).First();
        return await merge.MakeAsync(work, survivor == one ? pair : new(other, one), MergeChoices.None, caller.Actor, cancellationToken);
    }

    private static int FilledFields(Card card) =>
        OneValued.Of(card.State).Count(field => !OneValued.IsEmpty(card.State, field)) + card.State.Identities.Count + card.State.Tags.Count;

    private static MergeResult Refused(ProblemHttpResult problem) => new(default, null, problem);
}
