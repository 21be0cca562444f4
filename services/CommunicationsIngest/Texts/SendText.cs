using System.ComponentModel.DataAnnotations;
using CommunicationsIngest.Consent;
using CommunicationsIngest.Conversations;
using CommunicationsIngest.Workspaces;
using Identifiers;
using Messages;
using Messages.CommunicationsIngest;
using Microsoft.AspNetCore.Http.HttpResults;
using ServiceDefaults.Authentication;
using ServiceDefaults.Postgres;
using ServiceDefaults.Problems;

namespace CommunicationsIngest.Texts;

/// <param name="ContactId">The contact's primary phone. Either this or to.</param>
/// <param name="To">E.164, or as written in the workspace's country.</param>
/// <param name="From">One of the workspace's numbers; where it is not given, that of the latest thread with the person, else the workspace's first.</param>
/// <param name="Body">1 to 1,600 characters.</param>
/// <param name="Kind">manual: a member of the staff wrote it to this person just now. automated: everything else.</param>
/// <param name="AcknowledgeOptOut">The staff knows that the person opted out and writes nevertheless. Only for manual.</param>
public sealed record SendTextRequest(
    [property: Required] [property: StringLength(SendText.MaxLength, MinimumLength = 1)] string Body,
    [property: Required] ContactKind? Kind,
    Guid? ContactId = null,
    string? To = null,
    string? From = null,
    bool AcknowledgeOptOut = false
);

/// <param name="Message">As it was queued; its status tells what becomes of it.</param>
/// <param name="Warnings">What did not forbid it.</param>
public sealed record SendTextResponse(MessageResponse Message, IReadOnlyList<PermissionReason> Warnings);

internal static class SendText
{
    /// <summary>Twilio's limit (error 21617).</summary>
    public const int MaxLength = 1600;

    /// <summary>Texts somebody.</summary>
    /// <remarks>
    /// The text is queued; whether the person may be texted is asked now, and again when it is sent: then a refusal shows as the message's status canceled, with the reason as its
    /// error_code. 409 with every reason where it is not allowed now. A manual text to somebody who opted out needs acknowledge_opt_out. It is given to the provider at most once:
    /// where nobody knows whether the provider has it, its status is unknown, and it is not sent again by itself.
    /// </remarks>
    public static async Task<Results<Created<SendTextResponse>, ProblemHttpResult>> HandleAsync(
        SendTextRequest request,
        UnitOfWork work,
        Caller caller,
        TextSignal signal,
        TimeProvider clock,
        CancellationToken cancellationToken
    )
    {
        if (Check(request, caller) is { } problem)
        {
            return problem;
        }
        var now = clock.GetUtcNow();
        var kind = request.Kind!.Value;
        var country = await DefaultCountry.ReadAsync(work, cancellationToken);
        PhoneNumber number = default;
        if (request.To is not null && !PhoneNumber.TryParse(request.To, country, out number))
        {
            return Problem.Invalid("to", "This is not a phone number.", "invalid-phone");
        }
        PhoneNumber from = default;
        if (request.From is not null && !PhoneNumber.TryParse(request.From, country, out from))
        {
            return Problem.Invalid("from", "This is not a phone number.", "invalid-phone");
        }
        var approach = new Permission.Approach(
            Channel.Text,
            kind,
            request.ContactId,
            number.E164 is null ? null : ConsentIdentity.Phone(number.E164),
            from.E164
        );
        if (await Permission.AskAsync(work, approach, now, cancellationToken) is not { } whom)
        {
            return Problem.NotFound("contact");
        }
        if (whom.Identity is not { } to)
        {
            return Refused(whom);
        }
        var sender = await SenderAsync(work, from.E164, to.Value, cancellationToken);
        if (sender.IsToOwn)
        {
            return Problem.Invalid("to", "This is one of the workspace's own numbers.", "own-number");
        }
        if (sender.OwnNumber is not { } ownNumber)
        {
            return from.E164 is null
                ? Problem.Conflict("no-sender", "The workspace has no phone number to text from.")
                : Problem.Invalid("from", "This is not one of the workspace's numbers.", "not-own-number");
        }
        // Whom it goes to is known only now; what holds until the commit is what is asked under the lock.
        await ConsentLock.HoldAsync(work, [to], cancellationToken);
        var permission = (await Permission.AskAsync(work, approach with { Identity = to, Sender = ownNumber }, now, cancellationToken))!;
        if (!permission.IsAllowed)
        {
            return Refused(permission);
        }
        if (permission.Warnings.Any(warning => warning.Code == Permission.OptOut) && !request.AcknowledgeOptOut)
        {
            return Problem.Conflict("opted-out", "The person opted out. Whoever writes nevertheless sets acknowledge_opt_out.", Errors(permission.Warnings));
        }
        var text = new OutboundText(ownNumber, to.Value, permission.ContactId, request.Body, kind == ContactKind.Manual ? "manual" : "automated", caller.Actor);
        var message = await text.QueueAsync(work, signal, now, cancellationToken);
        return TypedResults.Created((string?)null, new SendTextResponse(message, permission.Warnings));
    }

    private static ProblemHttpResult? Check(SendTextRequest request, Caller caller) =>
        request switch
        {
            { ContactId: null, To: null } => Problem.Invalid("to", "Give contact_id or to."),
            { ContactId: not null, To: not null } => Problem.Invalid("to", "Give contact_id or to, not both."),
            { Body: var body } when string.IsNullOrWhiteSpace(body) || !Utf16.IsWellFormed(body) || body.Contains('\0', StringComparison.Ordinal) =>
                Problem.Invalid("body", "A text says something."),
            { Kind: ContactKind.Manual } when caller.Actor.Kind == ActorKind.Agent => Problem.Forbidden(
                "not-manual",
                "What an agent sends is automated; manual is what a member of the staff writes."
            ),
            { Kind: ContactKind.Automated, AcknowledgeOptOut: true } => Problem.Invalid(
                "acknowledge_opt_out",
                "Nothing automated goes to somebody who opted out."
            ),
            _ => null,
        };

    private static Task<SenderRow> SenderAsync(UnitOfWork work, string? from, string to, CancellationToken cancellationToken) =>
        work.SingleAsync<SenderRow>(
            """
            SELECT EXISTS (SELECT FROM phone_numbers WHERE number = @to) AS is_to_own, coalesce(
                (SELECT number FROM phone_numbers WHERE number = @from),
                CASE WHEN @from IS NULL THEN coalesce((
                    SELECT c.own_number
                    FROM conversations c
                    JOIN phone_numbers n ON n.workspace_id = c.workspace_id AND n.number = c.own_number
                    JOIN conversation_activity a ON a.workspace_id = c.workspace_id AND a.conversation_id = c.id
                    WHERE c.participant = @to AND c.channel = 'text'
                    ORDER BY a.last_activity_at DESC
                    LIMIT 1
                ), (SELECT number FROM phone_numbers ORDER BY created_at, number LIMIT 1)) END) AS own_number
            """,
            new { from, to },
            cancellationToken
        );

    private static ProblemHttpResult Refused(Permission permission) =>
        Problem.Conflict("contact-not-allowed", "The person may not be texted now.", Errors(permission.Reasons));

    private static Dictionary<string, string[]> Errors(IEnumerable<PermissionReason> reasons) =>
        reasons.ToDictionary(reason => reason.Code, reason => new[] { reason.Message });

    private sealed class SenderRow
    {
        public bool IsToOwn { get; init; }
        public string? OwnNumber { get; init; }
    }
}
