using System.ComponentModel;
using Contacts.Cards;
using Microsoft.AspNetCore.Http.HttpResults;
using ServiceDefaults.Api;
using ServiceDefaults.Authentication;
using ServiceDefaults.Postgres;
using ServiceDefaults.Problems;

namespace Contacts.History;

internal static class CreateReversal
{
    /// <summary>Take a single change back</summary>
    /// <remarks>
    /// Fields go back to what they were; tags and identities that the change added go, those that it removed come back. Answers 409 <c>changed-since</c> with the names of
    /// the fields where somebody changed them again since (<c>force=true</c> takes the change back all the same), 409 <c>contact-exists</c> where another contact has an
    /// identity now, and 409 <c>not-reversible</c> for merges, consent and the creation. A reversal is a change itself and can be taken back.
    /// </remarks>
    public static async Task<Results<Ok<ContactResponse>, ProblemHttpResult>> HandleAsync(
        Guid id,
        long version,
        UnitOfWork work,
        Caller caller,
        ContactUpdate update,
        HttpContext http,
        CancellationToken cancellationToken,
        [Description("Also where a field was changed again since.")] bool force = false
    )
    {
        var found = await Card.LockAsync(work, id, cancellationToken);
        if (found.Card is not { } card)
        {
            return found.Problem!;
        }
        if (!VersionTag.Matches(http.Request, card.Version))
        {
            return Problem.PreconditionFailed();
        }
        var change = await ChangeRow.FindAsync(work, id, version, cancellationToken);
        if (change is null)
        {
            return version == 1 ? NotReversible("The contact's creation cannot be taken back. Delete the contact.") : Problem.NotFound("change");
        }
        var fields = change.ReadFields();
        if (WhyNot(change.Kind, fields) is { } reason)
        {
            return NotReversible(reason);
        }
        var reversal = new Reversal(card.State);
        var after = reversal.TakeBack(fields);
        if (reversal.ChangedSince.Count > 0 && !force)
        {
            return Problem.Conflict(
                "changed-since",
                $"Changed again since: {string.Join(", ", reversal.ChangedSince)}. With force=true the change is taken back all the same.",
                reversal.ChangedSince.ToDictionary(field => field, field => new[] { $"{field}: changed again since." })
            );
        }
        var origin = new Origin(caller.Actor, ChangeKinds.Reverted, new() { RevertedVersion = version });
        var written = await update.WriteAsync(card, after, origin, cancellationToken);
        if (written.Card is not { } reverted)
        {
            return written.Problem!;
        }
        VersionTag.Write(http.Response, reverted.Version);
        return TypedResults.Ok(reverted.ToResponse());
    }

    private static string? WhyNot(string kind, IReadOnlyList<FieldChange> fields) =>
        kind switch
        {
            ChangeKinds.Merged => "A merge is undone as a whole: DELETE /v1/merges/{id}.",
            ChangeKinds.MergeUndone => "An undone merge is made again by merging the contacts again.",
            ChangeKinds.ConsentChanged => "The tag opt-out follows the person's own consent (STOP, START) and cannot be set or cleared here.",
            _ when Reversal.TouchesOptOut(fields) => "The tag opt-out follows the person's own consent (STOP, START) and cannot be set or cleared here.",
            _ => null,
        };

    private static ProblemHttpResult NotReversible(string reason) => Problem.Conflict("not-reversible", reason);
}
