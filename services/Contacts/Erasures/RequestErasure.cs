using System.ComponentModel.DataAnnotations;
using Contacts.Audit;
using Contacts.Cards;
using Contacts.Workspaces;
using Messages.Contacts;
using Messaging.Sending;
using Microsoft.AspNetCore.Http.HttpResults;
using ServiceDefaults.Authentication;
using ServiceDefaults.Postgres;
using ServiceDefaults.Problems;

namespace Contacts.Erasures;

/// <summary>Whom to erase: one of these.</summary>
/// <param name="ContactId">The contact.</param>
/// <param name="Phone">The contact with this phone. It is erased as well where no contact has it any more: the conversations of a deleted contact lie under it.</param>
/// <param name="Email">The contact with this email, or the email alone.</param>
/// <param name="Reason">On which grounds.</param>
public sealed record RequestErasureRequest(
    Guid? ContactId = null,
    [StringLength(50)] string? Phone = null,
    [StringLength(320)] string? Email = null,
    ErasureReason? Reason = null
);

internal static class RequestErasure
{
    /// <summary>Erase a person</summary>
    /// <remarks>
    /// The contact is deleted for good with all that is known of it. What was said goes as well: texts, transcripts, media, recordings, and the number; times, directions and
    /// durations stay. The person's phones, emails and other ids are remembered as keyed hashes, so that no import, sync or capture makes the person again (409 <c>erased</c>),
    /// until the person gets in touch. There is no way back.
    /// </remarks>
    public static async Task<Results<Created<ErasureResponse>, ProblemHttpResult>> HandleAsync(
        RequestErasureRequest request,
        UnitOfWork work,
        Caller caller,
        ContactRemoval removal,
        ForgottenIdentities forgotten,
        Outbox outbox,
        AuditLog audit,
        TimeProvider clock,
        CancellationToken cancellationToken
    )
    {
        var person = await FindAsync(request, work, clock, cancellationToken);
        if (person.Problem is { } problem)
        {
            return problem;
        }
        var now = clock.GetUtcNow();
        var row = new ErasureRow
        {
            Id = Guid.CreateVersion7(now),
            ContactId = person.ContactId,
            Reason = request.Reason?.ToString(),
            Source = caller.Actor.Kind.ToString().ToLowerInvariant(),
            ActorId = caller.Actor.Id,
            RequestedAt = now,
        };
        var removed = new RemovedContacts([], []);
        if (person.ContactId is { } contactId)
        {
            removed = await removal.RemoveAsync(work, caller.Actor, [contactId], isErased: true, now, cancellationToken);
        }
        else
        {
            await forgotten.RememberAsync(work, [(person.Kind, person.Value)], now, isErased: true, cancellationToken);
            await ContactRemoval.ForgetIdentitiesAsync(work, [(person.Kind, person.Value)], isErased: true, cancellationToken);
            removed = removed with { Identities = [new(person.Kind, person.Value, IsPrimary: true)] };
        }
        await InsertAsync(work, row, removed.Identities.Count, cancellationToken);
        outbox.Enqueue(
            work,
            caller.Actor,
            new ContactErased(
                row.Id,
                removed.Ids,
                [.. removed.Identities.Select(identity => new ContactIdentity(IdentityKinds.Parse(identity.Kind), identity.Value, identity.IsPrimary))],
                now
            )
        );
        audit.Add(
            work,
            caller.Actor,
            "contact.erased",
            "contact",
            person.ContactId?.ToString(),
            new Dictionary<string, string> { ["erasure_id"] = $"{row.Id}" }
        );
        var stored = await work.SingleAsync<ErasureRow>($"SELECT {ErasureRow.Columns} FROM erasures WHERE id = @Id", new { row.Id }, cancellationToken);
        return TypedResults.Created($"/v1/erasures/{row.Id}", stored.ToResponse());
    }

    /// <returns>The contact, locked; or the identity that no contact has.</returns>
    private static async Task<Person> FindAsync(RequestErasureRequest request, UnitOfWork work, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (
            new object?[] { request.ContactId, request.Phone, request.Email }
                .OfType<object>()
                .Count() != 1
        )
        {
            return new(Problem: Problem.Invalid("contact_id", "Give one of contact_id, phone and email."));
        }
        if (request.ContactId is { } id)
        {
            await ContactRemoval.LockAsync(work, [id], cancellationToken);
            var found = await Card.FindAsync(work, id, cancellationToken);
            return found.Card is null ? new(Problem: Refuse(found.Problem!)) : new(id);
        }
        var settings = await WorkspaceSettings.ReadAsync(work, clock, cancellationToken);
        var errors = new FieldErrors();
        var (kind, value) = request.Phone is null
            ? (IdentityKinds.Email, FieldReading.ReadEmail(request.Email, "email", errors))
            : (IdentityKinds.Phone, FieldReading.ReadPhone(request.Phone, "phone", settings.DefaultCountry, errors));
        if (errors.Any || value is null)
        {
            return new(Problem: errors.Any ? errors.ToProblem() : Problem.Invalid(kind, $"{kind}: empty."));
        }
        const string Owner = "SELECT contact_id FROM contact_identities WHERE kind = @kind AND value = @value";
        if (await work.FirstOrDefaultAsync<Guid?>(Owner, new { kind, value }, cancellationToken) is not { } owner)
        {
            return new(Kind: kind, Value: value);
        }
        await ContactRemoval.LockAsync(work, [owner], cancellationToken);
        return await work.FirstOrDefaultAsync<Guid?>(Owner, new { kind, value }, cancellationToken) == owner
            ? new(owner)
            : new(Problem: Problem.Conflict("changed-meanwhile", $"The {kind} moved to or from a contact at this moment. Repeat the request."));
    }

    /// <summary>Nobody is erased by the id of somebody else, however they were merged: the caller is to see first who goes.</summary>
    private static ProblemHttpResult Refuse(ProblemHttpResult problem)
    {
        if (problem.StatusCode != StatusCodes.Status308PermanentRedirect)
        {
            return problem;
        }
        var survivorId = problem.ProblemDetails.Extensions["contact_id"];
        var merged = Problem.Conflict("contact-merged", $"The contact was merged into {survivorId}. Erase that one, or undo the merge first.");
        merged.ProblemDetails.Extensions["contact_id"] = survivorId;
        return merged;
    }

    private static Task<int> InsertAsync(UnitOfWork work, ErasureRow row, int identities, CancellationToken cancellationToken) =>
        work.ExecuteAsync(
            """
            INSERT INTO erasures (workspace_id, id, contact_id, reason, source, actor_id, requested_at, identities)
            VALUES (@WorkspaceId, @Id, @ContactId, @Reason, @Source, @ActorId, @RequestedAt, @identities)
            """,
            new
            {
                work.WorkspaceId,
                row.Id,
                row.ContactId,
                row.Reason,
                row.Source,
                row.ActorId,
                row.RequestedAt,
                identities,
            },
            cancellationToken
        );

    private sealed record Person(Guid? ContactId = null, string Kind = "", string Value = "", ProblemHttpResult? Problem = null);
}
