using Contacts.Captures;
using Contacts.Cards;
using Microsoft.AspNetCore.Http.HttpResults;
using ServiceDefaults.Postgres;
using ServiceDefaults.Problems;

namespace Contacts.Suggestions;

/// <param name="Status">accepted: the contact gets the value. rejected: it is not suggested again.</param>
public sealed record DecideSuggestionRequest(SuggestionDecision Status);

internal static class DecideSuggestion
{
    /// <summary>Accept or reject a suggestion</summary>
    /// <remarks>
    /// One whose field changed since can still be accepted. Answers 409 <c>suggestion-decided</c> where the contact has the value already or it was accepted before (take
    /// that back in the contact's history), and 409 <c>contact-exists</c> where another contact has the phone or email.
    /// </remarks>
    public static async Task<Results<Ok<SuggestionResponse>, ProblemHttpResult>> HandleAsync(
        Guid id,
        DecideSuggestionRequest request,
        Decisions decisions,
        UnitOfWork work,
        CancellationToken cancellationToken
    )
    {
        var (decided, refused) = await decisions.TakeAsync([id], request.Status, cancellationToken);
        if (refused.Count > 0)
        {
            return CardProblems.Refused(refused);
        }
        switch (decided[0].Obstacle)
        {
            case Obstacle.NotFound:
                return Problem.NotFound("suggestion");
            case Obstacle.Decided:
                return Problem.Conflict("suggestion-decided", "The contact has, or had, this value. A change of it is taken back in the contact's history.");
        }
        var value = await work.SingleAsync<CapturedValue>(CapturedValueRows.Select + "WHERE id = @id", new { id }, cancellationToken);
        if (decided[0].OwnerId is { } owner)
        {
            return CardProblems.Refused([new(value.ContactId, value.Field, value.Value, owner)]);
        }
        return TypedResults.Ok((await SuggestionPage.ToResponsesAsync(work, [value], cancellationToken))[0]);
    }
}
