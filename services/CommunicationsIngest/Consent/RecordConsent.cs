using System.ComponentModel.DataAnnotations;
using CommunicationsIngest.Workspaces;
using Identifiers;
using Messages.Contacts;
using Microsoft.AspNetCore.Http.HttpResults;
using ServiceDefaults.Authentication;
using ServiceDefaults.Postgres;
using ServiceDefaults.Problems;

namespace CommunicationsIngest.Consent;

/// <summary>What a person said of being contacted, outside a conversation here: on the phone, on a form, at the counter.</summary>
/// <param name="ContactId">All phones and chats of this contact. Either this or phone.</param>
/// <param name="Phone">This number alone: E.164, or as written in the workspace's country.</param>
/// <param name="State">opted_out or opted_in.</param>
/// <param name="Covers">messages, which is assumed; calls; or all.</param>
/// <param name="Sender">Only in so far as this one of the business's numbers is used, E.164; where it is not given, the whole workspace.</param>
/// <param name="Evidence">How the person said so, at most 500 characters. An opt-in needs it.</param>
/// <param name="At">When the person said so; now, where it is not given.</param>
public sealed record RecordConsentRequest(
    Guid? ContactId = null,
    string? Phone = null,
    ConsentState? State = null,
    ConsentCoverage Covers = ConsentCoverage.Messages,
    string? Sender = null,
    [property: StringLength(500)] string? Evidence = null,
    DateTimeOffset? At = null
);

public enum ConsentCoverage
{
    Messages,
    Calls,
    All,
}

/// <param name="Entries">One for each identity and each of messages and calls.</param>
public sealed record RecordedConsentResponse(IReadOnlyList<Guid> Entries);

internal static class RecordConsent
{
    /// <summary>Writes an opt-out or an opt-in into the consent ledger by hand.</summary>
    /// <remarks>An opt-out is always taken. An opt-in is the business's word that the person agreed, so it says how; what the person says later holds over it.</remarks>
    public static async Task<Results<Created<RecordedConsentResponse>, ProblemHttpResult>> HandleAsync(
        RecordConsentRequest request,
        UnitOfWork work,
        ConsentLedger ledger,
        Caller caller,
        TimeProvider clock,
        CancellationToken cancellationToken
    )
    {
        var now = clock.GetUtcNow();
        if (Check(request, now) is { } problem)
        {
            return problem;
        }
        var (identities, unknown) = await FindAsync(work, request, cancellationToken);
        if (unknown is not null)
        {
            return unknown;
        }
        await ConsentLock.HoldAsync(work, identities, cancellationToken);
        var entries = new List<Guid>();
        foreach (var identity in identities)
        {
            foreach (var covers in new[] { Coverage.Messages, Coverage.Calls }.Where(covers => Includes(request.Covers, covers)))
            {
                var entry = new ConsentEntry(
                    identity,
                    covers,
                    request.State!.Value,
                    request.Sender ?? "",
                    null,
                    ConsentSource.Manual,
                    null,
                    string.IsNullOrWhiteSpace(request.Evidence) ? null : request.Evidence.Trim(),
                    caller.Actor,
                    request.At?.ToUniversalTime() ?? now
                );
                entries.Add(await ledger.RecordAsync(work, entry, cancellationToken));
            }
        }
        return TypedResults.Created((string?)null, new RecordedConsentResponse(entries));
    }

    private static ProblemHttpResult? Check(RecordConsentRequest request, DateTimeOffset now) =>
        request switch
        {
            { State: null } => Problem.Invalid("state", "The state is opted_out or opted_in."),
            { ContactId: null, Phone: null } => Problem.Invalid("contact_id", "Give contact_id or phone."),
            { ContactId: not null, Phone: not null } => Problem.Invalid("phone", "Give contact_id or phone, not both."),
            { State: ConsentState.OptedIn } when string.IsNullOrWhiteSpace(request.Evidence) => Problem.Invalid(
                "evidence",
                "An opt-in by hand says how the person agreed.",
                "evidence-required"
            ),
            { Evidence: { } evidence } when !Utf16.IsWellFormed(evidence) || evidence.Contains('\0', StringComparison.Ordinal) => Problem.Invalid(
                "evidence",
                "This is not text."
            ),
            { At: { } at } when at > now => Problem.Invalid("at", "Nobody has said anything in the future."),
            _ => null,
        };

    private static bool Includes(ConsentCoverage asked, Coverage covers) =>
        asked == ConsentCoverage.All || (asked == ConsentCoverage.Messages) == (covers == Coverage.Messages);

    private static async Task<(List<ConsentIdentity> Identities, ProblemHttpResult? Problem)> FindAsync(
        UnitOfWork work,
        RecordConsentRequest request,
        CancellationToken cancellationToken
    )
    {
        if (
            request.Sender is { } sender
            && !await work.SingleAsync<bool>("SELECT EXISTS (SELECT FROM phone_numbers WHERE number = @sender)", new { sender }, cancellationToken)
        )
        {
            return ([], Problem.Invalid("sender", "This is not one of the workspace's numbers."));
        }
        if (request.Phone is { } text)
        {
            return PhoneNumber.TryParse(text, await DefaultCountry.ReadAsync(work, cancellationToken), out var phone)
                ? ([ConsentIdentity.Phone(phone.E164)], null)
                : ([], Problem.Invalid("phone", "This is not a phone number.", "invalid-phone"));
        }
        var rows = await work.QueryAsync<IdentityRow>(
            "SELECT kind, value FROM contact_identities WHERE contact_id = @ContactId AND kind IN ('phone', 'chat_visitor') ORDER BY kind, value",
            new { request.ContactId },
            cancellationToken
        );
        if (rows.Count > 0)
        {
            return ([.. rows.Select(row => new ConsentIdentity(row.Kind == "phone" ? IdentityKind.Phone : IdentityKind.ChatVisitor, row.Value))], null);
        }
        var isKnown = await work.SingleAsync<bool>(
            "SELECT EXISTS (SELECT FROM contact_cards WHERE contact_id = @ContactId AND card IS NOT NULL)",
            new { request.ContactId },
            cancellationToken
        );
        return ([], isKnown ? Problem.Conflict("no-number", "The contact has no phone and never chatted.") : Problem.NotFound("contact"));
    }

    private sealed class IdentityRow
    {
        public string Kind { get; init; } = "";
        public string Value { get; init; } = "";
    }
}
