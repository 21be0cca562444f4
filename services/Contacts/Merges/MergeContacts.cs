using Contacts.Cards;
using Microsoft.AspNetCore.Http.HttpResults;
using ServiceDefaults.Authentication;
using ServiceDefaults.Postgres;

namespace Contacts.Merges;

/// <summary>Two contacts that are one person.</summary>
public sealed record MergeContactsRequest
{
    /// <summary>The contact that stays.</summary>
    public required Guid SurvivorId { get; init; }

    /// <summary>The contact that becomes part of it.</summary>
    public required Guid AbsorbedId { get; init; }

    /// <summary>Whose value to keep, by field, where it is not the one that the preview shows. Only notes can be <c>both</c>.</summary>
    /// <example>{"company": "absorbed", "phone": "absorbed"}</example>
    public IReadOnlyDictionary<string, MergeChoice>? Choices { get; init; }

    /// <summary>The survivor's version that was reviewed; another one is refused with 412.</summary>
    public long? SurvivorVersion { get; init; }

    /// <summary>The absorbed contact's version that was reviewed; another one is refused with 412.</summary>
    public long? AbsorbedVersion { get; init; }
}

/// <param name="Id">The merge's, by which it is undone.</param>
/// <param name="Contact">The survivor after it.</param>
public sealed record MergedContact(Guid Id, ContactResponse Contact);

internal static class MergeContacts
{
    /// <summary>Merge two contacts</summary>
    /// <remarks>
    /// The survivor gets the identities, tags, conversations and counters of the absorbed contact, and its values where the preview says so. The absorbed contact's id redirects to
    /// the survivor from then on (308). Consent is never chosen: opt-out and Do Not Call of either one hold. 409: <c>merge-self</c>, <c>contact-merged</c> (one of them was absorbed
    /// already; <c>contact_id</c> says by whom), <c>merge-too-large</c> (together they have more than a contact holds; <c>errors</c> says what).
    /// </remarks>
    public static async Task<Results<Created<MergedContact>, ProblemHttpResult>> HandleAsync(
        MergeContactsRequest request,
        UnitOfWork work,
        Caller caller,
        ContactMerge merge,
        CancellationToken cancellationToken
    )
    {
        await MergePair.LockAsync(work, [request.SurvivorId, request.AbsorbedId], cancellationToken);
        var found = await MergePair.FindAsync(work, request.SurvivorId, request.AbsorbedId, cancellationToken);
        if (found.Pair is not { } pair)
        {
            return found.Problem!;
        }
        if ((request.SurvivorVersion ?? pair.Survivor.Version) != pair.Survivor.Version)
        {
            return MergeProblems.VersionMismatch("survivor_version");
        }
        if ((request.AbsorbedVersion ?? pair.Absorbed.Version) != pair.Absorbed.Version)
        {
            return MergeProblems.VersionMismatch("absorbed_version");
        }
        var choices = request.Choices ?? MergeChoices.None;
        var errors = new FieldErrors();
        MergeChoices.Check(choices, pair, errors);
        if (errors.Any)
        {
            return errors.ToProblem();
        }
        var made = await merge.MakeAsync(work, pair, choices, caller.Actor, cancellationToken);
        return made.Card is { } card ? TypedResults.Created($"/v1/merges/{made.MergeId}", new MergedContact(made.MergeId, card.ToResponse())) : made.Problem!;
    }
}
