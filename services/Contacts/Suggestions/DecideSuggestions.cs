using System.ComponentModel.DataAnnotations;
using Contacts.Cards;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Contacts.Suggestions;

/// <param name="Ids">1 to 500.</param>
/// <param name="Status">accepted or rejected, for all of them.</param>
public sealed record DecideSuggestionsRequest([Required, MinLength(1), MaxLength(500)] IReadOnlyList<Guid> Ids, SuggestionDecision Status);

/// <param name="Data">An outcome for each id, in the order given; an id that was given twice has one.</param>
public sealed record SuggestionDecisionsResponse(IReadOnlyList<SuggestionOutcome> Data);

/// <param name="Outcome">accepted, rejected, not_found, decided (the contact has the value, or it was accepted before) or contact_exists.</param>
/// <param name="ContactId">The contact that has the phone or email, where that is why.</param>
public sealed record SuggestionOutcome(Guid Id, string Outcome, Guid? ContactId);

internal static class DecideSuggestions
{
    /// <summary>Accept or reject many suggestions</summary>
    /// <remarks>Each has its own outcome: one that cannot be accepted does not keep the others from it.</remarks>
    public static async Task<Results<Ok<SuggestionDecisionsResponse>, ProblemHttpResult>> HandleAsync(
        DecideSuggestionsRequest request,
        Decisions decisions,
        CancellationToken cancellationToken
    )
    {
        var (decided, refused) = await decisions.TakeAsync(request.Ids, request.Status, cancellationToken);
        return refused.Count > 0
            ? CardProblems.Refused(refused)
            : TypedResults.Ok(
                new SuggestionDecisionsResponse([.. decided.Select(one => new SuggestionOutcome(one.Id, OutcomeOf(one, request.Status), one.OwnerId))])
            );
    }

    private static string OutcomeOf(Decided decided, SuggestionDecision decision) =>
        decided.Obstacle switch
        {
            Obstacle.NotFound => "not_found",
            Obstacle.Decided => "decided",
            Obstacle.Taken => "contact_exists",
            _ => decision.ToString().ToLowerInvariant(),
        };
}
