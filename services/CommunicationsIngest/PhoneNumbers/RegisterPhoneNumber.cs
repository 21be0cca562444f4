using System.ComponentModel.DataAnnotations;
using CommunicationsIngest.Workspaces;
using Identifiers;
using Messages;
using Messages.CommunicationsIngest;
using Messaging.Sending;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;
using ServiceDefaults.Authentication;
using ServiceDefaults.Postgres;
using ServiceDefaults.Problems;

namespace CommunicationsIngest.PhoneNumbers;

/// <summary>A number's settings, whole: what is left out is cleared.</summary>
/// <param name="Label">What the staff calls it, at most 100 characters.</param>
/// <param name="Answer">How calls are answered; without it they are not, and are kept as missed.</param>
public sealed record RegisterPhoneNumberRequest([property: StringLength(100)] string? Label = null, CallAnswer? Answer = null);

internal static class RegisterPhoneNumber
{
    /// <summary>Registers one of the workspace's own numbers, or changes its settings.</summary>
    /// <remarks>A number belongs to one workspace in the whole installation: 409 where another has it.</remarks>
    /// <param name="number">E.164, or as written in the workspace's country.</param>
    public static async Task<Results<Ok<PhoneNumberResponse>, Created<PhoneNumberResponse>, ProblemHttpResult>> HandleAsync(
        string number,
        RegisterPhoneNumberRequest request,
        UnitOfWork work,
        NumberDirectory directory,
        Caller caller,
        Outbox outbox,
        TimeProvider clock,
        CancellationToken cancellationToken
    )
    {
        var country = await DefaultCountry.ReadAsync(work, cancellationToken);
        if (!PhoneNumber.TryParse(number, country, out var phone))
        {
            return Problem.Invalid("number", "This is not a phone number.", "invalid-phone");
        }
        var (answer, field, message) = request.Answer?.Check(country) ?? (null, "", "");
        if (message.Length > 0)
        {
            return Problem.Invalid(field, message);
        }
        RegisteredRow row;
        try
        {
            row = await StoreAsync(work, phone, request.Label, answer, clock.GetUtcNow(), cancellationToken);
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            return Problem.Conflict("number-taken", "Another workspace has this number.");
        }
        work.AfterCommit(() => directory.Forget(phone.E164));
        if (row.IsNew)
        {
            outbox.Enqueue(work, caller.Actor, new OwnNumberChanged(phone.E164, IsOwn: true));
        }
        var action = row.IsNew ? "phone_number.registered" : "phone_number.updated";
        outbox.Enqueue(work, caller.Actor, new AuditRecorded(action, "phone_number", phone.E164, new Dictionary<string, string>()));
        return row.IsNew ? TypedResults.Created($"/v1/phone-numbers/{phone.E164}", row.ToResponse()) : TypedResults.Ok(row.ToResponse());
    }

    private static Task<RegisteredRow> StoreAsync(
        UnitOfWork work,
        PhoneNumber phone,
        string? label,
        CallAnswer? answer,
        DateTimeOffset now,
        CancellationToken cancellationToken
    ) =>
        work.SingleAsync<RegisteredRow>(
            $"""
            INSERT INTO phone_numbers (workspace_id, number, label, answer, created_at, updated_at)
            VALUES (@WorkspaceId, @E164, @label, @answer::jsonb, @now, @now)
            ON CONFLICT (workspace_id, number) DO UPDATE
            SET label = excluded.label, answer = excluded.answer, updated_at = excluded.updated_at
            RETURNING {PhoneNumberRow.Columns}, xmax = 0 AS is_new
            """,
            new
            {
                work.WorkspaceId,
                phone.E164,
                label,
                answer = CallAnswer.ToJson(answer),
                now,
            },
            cancellationToken
        );

    private sealed class RegisteredRow : PhoneNumberRow
    {
        public bool IsNew { get; init; }
    }
}
