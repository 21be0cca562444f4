using System.ComponentModel.DataAnnotations;
using Contacts.Cards;
using Contacts.Workspaces;
using Messages;
using Messages.CommunicationsIngest;
using Microsoft.AspNetCore.Http.HttpResults;
using ServiceDefaults.Authentication;
using ServiceDefaults.Postgres;
using ServiceDefaults.Problems;

namespace Contacts.Captures;

/// <param name="Details">1 to 50.</param>
/// <param name="ConversationId">Where it was said.</param>
public sealed record CreateCapturesRequest([Required, MinLength(1), MaxLength(50)] IReadOnlyList<CaptureDetail> Details, Guid? ConversationId = null);

/// <param name="Field">name, first_name, last_name, email, phone, company, language or time_zone.</param>
/// <param name="Value">As it was understood.</param>
/// <param name="Quote">The words it was taken from.</param>
/// <param name="Confidence">0 to 1.</param>
/// <param name="MessageId">The message it was said in.</param>
public sealed record CaptureDetail(
    [Required, StringLength(100)] string Field,
    [Required, StringLength(500)] string Value,
    [StringLength(Evidence.MaxQuote)] string? Quote = null,
    [Range(0, 1)] double? Confidence = null,
    Guid? MessageId = null
);

/// <param name="Data">What became of each capture; a first and a last name given together are one.</param>
/// <param name="Contact">The contact after them.</param>
public sealed record CapturesResponse(IReadOnlyList<CaptureOutcome> Data, ContactResponse Contact);

/// <param name="Outcome">
/// filled, unchanged (the contact has it), suggested (somebody entered something else), superseded (something else that was said stands), rejected (somebody rejected it
/// before), claimed (another contact has the phone or email; it stays there) or invalid (no value of the
/// field, or the business's own number).
/// </param>
/// <param name="SuggestionId">Where it is suggested.</param>
public sealed record CaptureOutcome(string Field, string Value, string Outcome, Guid? SuggestionId);

internal static class CreateCaptures
{
    private static readonly IReadOnlyDictionary<Guid, string?> NoneCreated = new Dictionary<Guid, string?>();

    /// <summary>Report what a person said of themselves</summary>
    /// <remarks>Fills what is empty or was captured before, with the evidence. What differs from a value that somebody entered becomes a suggestion.</remarks>
    public static async Task<Results<Ok<CapturesResponse>, ProblemHttpResult>> HandleAsync(
        Guid id,
        CreateCapturesRequest request,
        CaptureIntake intake,
        UnitOfWork work,
        Caller caller,
        TimeProvider clock,
        CancellationToken cancellationToken
    )
    {
        if (request.Details.Any(detail => detail is null))
        {
            return Problem.Invalid("details", "details: null is no detail.");
        }
        var found = await Card.LockAsync(work, id, cancellationToken);
        if (found.Card is not { } before)
        {
            return found.Problem!;
        }
        var country = (await WorkspaceSettings.ReadAsync(work, clock, cancellationToken)).DefaultCountry;
        var captures = CapturedDetails.Read(
            id,
            [.. request.Details.Select(one => new CapturedDetail(one.Field, one.Value, one.Quote, one.Confidence, one.MessageId))],
            request.ConversationId,
            clock.GetUtcNow(),
            caller.Actor with
            {
                Kind = ActorKind.Agent,
            },
            null,
            country
        );
        var refused = await intake.TakeAsync(work, captures, NoneCreated, cancellationToken);
        if (refused.Count > 0)
        {
            return CardProblems.Refused(refused);
        }
        var after = (await Card.FindAsync(work, id, cancellationToken)).Card!;
        var outcomes = await OutcomesAsync(work, captures, before.State, after.State, cancellationToken);
        var invalid = request
            .Details.Where(one => CapturedFields.Read(one.Field, one.Value, country) is null)
            .Select(one => new CaptureOutcome(one.Field, one.Value, "invalid", null));
        return TypedResults.Ok(new CapturesResponse([.. outcomes, .. invalid], after.ToResponse()));
    }

    private static async Task<IReadOnlyList<CaptureOutcome>> OutcomesAsync(
        UnitOfWork work,
        IReadOnlyList<Capture> captures,
        ContactState before,
        ContactState after,
        CancellationToken cancellationToken
    )
    {
        if (captures.Count == 0)
        {
            return [];
        }
        var values = (
            await work.QueryAsync<CapturedValue>(CapturedValueRows.Select + "WHERE contact_id = @ContactId", new { captures[0].ContactId }, cancellationToken)
        ).ToDictionary(value => (value.Field, value.Key));
        return [.. captures.Select(one => OutcomeOf(one, values.GetValueOrDefault((one.Field, one.Key)), before, after))];
    }

    private static CaptureOutcome OutcomeOf(Capture capture, CapturedValue? value, ContactState before, ContactState after)
    {
        var outcome =
            CapturedFields.Covers(before, capture.Field, capture.Value) ? "unchanged"
            : CapturedFields.Covers(after, capture.Field, capture.Value) ? "filled"
            : value is null ? "invalid"
            : value.Status == CapturedValue.Open ? "suggested"
            : value.Status == CapturedValue.Rejected ? "rejected"
            : CapturedFields.IsIdentity(capture.Field) ? "claimed"
            : "superseded";
        return new(capture.Field, capture.Value, outcome, outcome == "suggested" ? value!.Id : null);
    }
}
