using Contacts.Cards;
using Contacts.Workspaces;
using Messages.Contacts;
using Microsoft.AspNetCore.Http.HttpResults;
using ServiceDefaults.Api;
using ServiceDefaults.Authentication;
using ServiceDefaults.Postgres;
using ServiceDefaults.Problems;

namespace Contacts.Identities;

/// <param name="Value">A phone, E.164 or as it is dialled in the workspace's country; an email; <c>system:id</c>; a chat visitor's id.</param>
/// <param name="IsPrimary">Make it the primary one of its kind; the first of a kind is it in any case.</param>
/// <param name="IsShared">Several people use it.</param>
/// <param name="MoveFrom">The contact that has it now and is to lose it. Without this, another contact's identity is refused.</param>
public sealed record AddIdentityRequest(IdentityKind Kind, string Value, bool IsPrimary = false, bool IsShared = false, Guid? MoveFrom = null);

internal static class AddIdentity
{
    /// <summary>Give a contact an identity</summary>
    /// <remarks>
    /// Answers 409 <c>contact-exists</c> with <c>contact_id</c> where another contact has it; name that contact as <c>move_from</c> to move it. A contact keeps at least
    /// one identity (409 <c>last-identity</c>): where two contacts are one person, merge them.
    /// </remarks>
    public static async Task<Results<Created<IdentityResponse>, Ok<IdentityResponse>, ProblemHttpResult>> HandleAsync(
        Guid id,
        AddIdentityRequest request,
        UnitOfWork work,
        Caller caller,
        ContactWriter writer,
        TimeProvider clock,
        HttpContext http,
        CancellationToken cancellationToken
    )
    {
        var cards = await Card.LockAllAsync(work, [.. new[] { id, request.MoveFrom ?? id }.Distinct()], cancellationToken);
        if (cards.FirstOrDefault(one => one.Id == id) is not { } card)
        {
            return (await Card.FindAsync(work, id, cancellationToken)).Problem!;
        }
        if (!VersionTag.Matches(http.Request, card.Version))
        {
            return Problem.PreconditionFailed();
        }
        var settings = await WorkspaceSettings.ReadAsync(work, clock, cancellationToken);
        var errors = new FieldErrors();
        var value = GivenIdentity.Read(request.Kind, request.Value, settings.DefaultCountry, errors);
        if (value is null)
        {
            return errors.ToProblem();
        }
        var kind = IdentityKinds.NameOf(request.Kind);
        var others = card.State.Identities.Where(identity => identity.Kind == kind && identity.Value != value).ToList();
        if (others.Count == card.State.Identities.Count(identity => identity.Kind == kind) && others.Count >= ContactFields.MaxPerKind)
        {
            return Problem.Conflict("too-many-identities", $"A contact has at most {ContactFields.MaxPerKind} of a kind.");
        }
        var present = card.State.Identities.Any(identity => identity.Kind == kind && identity.Value == value);
        var changes = new List<CardChange> { new(card, card.State.With(kind, value, request.IsPrimary, request.IsShared), new(caller.Actor)) };
        if (request.MoveFrom is { } from && from != id && cards.FirstOrDefault(one => one.Id == from) is { } loser && Has(loser, kind, value))
        {
            if (loser.State.Identities.Count == 1)
            {
                return Problem.Conflict("last-identity", "The other contact would have nothing left to be recognised by. Merge the two instead.");
            }
            var moved = new Origin(caller.Actor, ChangeKinds.IdentityMoved);
            changes = [new(loser, loser.State.Without(kind, value), moved), changes[0] with { Origin = moved }];
        }
        var written = await writer.UpdateAsync(work, changes, cancellationToken);
        if (written.Refused.Count > 0)
        {
            return CardProblems.Refused(written.Refused);
        }
        var after = written.Cards[^1];
        VersionTag.Write(http.Response, after.Version);
        var identity = IdentityResponse.Of(after.State.Identities.First(one => one.Kind == kind && one.Value == value));
        return present ? TypedResults.Ok(identity) : TypedResults.Created($"/v1/contacts/{id}/identities/{kind}/{Uri.EscapeDataString(value)}", identity);
    }

    private static bool Has(Card card, string kind, string value) => card.State.Identities.Any(identity => identity.Kind == kind && identity.Value == value);
}
