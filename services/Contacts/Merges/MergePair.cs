using Contacts.Cards;
using Microsoft.AspNetCore.Http.HttpResults;
using ServiceDefaults.Postgres;
using ServiceDefaults.Problems;

namespace Contacts.Merges;

/// <summary>Two contacts that are to become one.</summary>
internal sealed record MergePair(Card Survivor, Card Absorbed)
{
    /// <summary>
    /// Locks contacts in the order of their ids and as strongly as a deletion does: calls and texts that are being counted on one of them are waited for, and those that come
    /// wait.
    /// </summary>
    public static Task LockAsync(UnitOfWork work, Guid[] contactIds, CancellationToken cancellationToken) =>
        work.ExecuteAsync("SELECT 1 FROM contacts WHERE id = ANY (@contactIds) ORDER BY id FOR UPDATE", new { contactIds }, cancellationToken);

    /// <returns>Both, or why they cannot be merged: they are one, one of them is not there, or it was absorbed already.</returns>
    public static async Task<(MergePair? Pair, ProblemHttpResult? Problem)> FindAsync(
        UnitOfWork work,
        Guid survivorId,
        Guid absorbedId,
        CancellationToken cancellationToken
    )
    {
        if (survivorId == absorbedId)
        {
            return (null, MergeProblems.Self());
        }
        var survivor = await Card.FindAsync(work, survivorId, cancellationToken);
        var absorbed = await Card.FindAsync(work, absorbedId, cancellationToken);
        return (survivor, absorbed) switch
        {
            ({ Card: { } one }, { Card: { } other }) => (new(one, other), null),
            ({ Problem: { } problem }, _) => (null, Explain(survivorId, problem)),
            (_, { Problem: { } problem }) => (null, Explain(absorbedId, problem)),
            _ => (null, Problem.NotFound("contact")),
        };
    }

    private static ProblemHttpResult Explain(Guid contactId, ProblemHttpResult problem) =>
        Cards.Absorbed.SurvivorIn(problem) is null ? problem : MergeProblems.AlreadyMerged(contactId, problem);
}
