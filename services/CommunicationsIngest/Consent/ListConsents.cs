using System.ComponentModel.DataAnnotations;
using Messages;
using Messages.CommunicationsIngest;
using Messages.Contacts;
using Microsoft.AspNetCore.Http.HttpResults;
using ServiceDefaults.Api;
using ServiceDefaults.Postgres;
using ServiceDefaults.Problems;

namespace CommunicationsIngest.Consent;

/// <summary>One entry of the consent ledger. Entries are only ever added.</summary>
/// <param name="Identity">Whose consent it is.</param>
/// <param name="Covers">messages (texts and chat) or calls.</param>
/// <param name="Sender">The one of the business's numbers that it is about, E.164; null: all of them.</param>
/// <param name="Channel">Where it was said; null: not in a conversation here.</param>
/// <param name="Source">keyword; inferred (from a sentence); manual; tag (Do Not Call); import; provider.</param>
/// <param name="MessageId">The message that it was said in.</param>
/// <param name="Quote">The person's words, or how it became known; at most 500 characters.</param>
/// <param name="Actor">Who wrote it down.</param>
/// <param name="At">When the person said so.</param>
public sealed record ConsentEntryResponse(
    Guid Id,
    ContactedIdentity Identity,
    string Covers,
    ConsentState State,
    string? Sender,
    Channel? Channel,
    ConsentSource Source,
    Guid? MessageId,
    string? Quote,
    ConsentActor Actor,
    DateTimeOffset At,
    DateTimeOffset RecordedAt
);

/// <param name="Id">Of the member, key or agent.</param>
public sealed record ConsentActor(ActorKind Kind, string Id);

internal static class ListConsents
{
    /// <summary>Lists what a contact said of being contacted, latest first, with the evidence.</summary>
    /// <param name="limit">1 to 200, 50 where it is not given.</param>
    /// <param name="cursor">The next_cursor of the page before.</param>
    public static async Task<Results<Ok<Page<ConsentEntryResponse>>, ProblemHttpResult>> HandleAsync(
        Guid id,
        UnitOfWork work,
        CancellationToken cancellationToken,
        [Range(1, Page.MaxLimit)] int limit = Page.DefaultLimit,
        Cursor? cursor = null
    )
    {
        if (!await work.SingleAsync<bool>("SELECT EXISTS (SELECT FROM contact_cards WHERE contact_id = @id)", new { id }, cancellationToken))
        {
            return Problem.NotFound("contact");
        }
        var rows = await work.QueryAsync<ConsentEntryRow>(
            $"""
            {ConsentEntryRow.Select}
            JOIN contact_identities i ON i.workspace_id = e.workspace_id AND i.kind = e.identity_kind AND i.value = e.identity_value
            WHERE i.contact_id = @id {(cursor is null ? "" : "AND (e.at, e.id) < (@at, @after)")}
            ORDER BY e.at DESC, e.id DESC
            LIMIT @limit + 1
            """,
            new
            {
                id,
                limit,
                at = cursor?.At,
                after = cursor?.Id,
            },
            cancellationToken
        );
        var page = Page.From(rows, limit, row => new Cursor(row.At, row.Id));
        return TypedResults.Ok(new Page<ConsentEntryResponse>([.. page.Data.Select(row => row.ToResponse())], page.NextCursor));
    }
}

internal sealed class ConsentEntryRow
{
    public const string Select = """
        SELECT e.id, e.identity_kind, e.identity_value, e.covers, e.state, e.sender, e.channel, e.source, e.message_id, e.quote, e.actor_kind, e.actor_id, e.at, e.recorded_at
        FROM consent_entries e
        """;

    public Guid Id { get; init; }
    public string IdentityKind { get; init; } = "";
    public string IdentityValue { get; init; } = "";
    public string Covers { get; init; } = "";
    public string State { get; init; } = "";
    public string Sender { get; init; } = "";
    public Channel? Channel { get; init; }
    public ConsentSource Source { get; init; }
    public Guid? MessageId { get; init; }
    public string? Quote { get; init; }
    public ActorKind ActorKind { get; init; }
    public string ActorId { get; init; } = "";
    public DateTimeOffset At { get; init; }
    public DateTimeOffset RecordedAt { get; init; }

    public ConsentEntryResponse ToResponse() =>
        new(
            Id,
            new(IdentityKind == "phone" ? Messages.Contacts.IdentityKind.Phone : Messages.Contacts.IdentityKind.ChatVisitor, IdentityValue),
            Covers,
            State == "opted_out" ? ConsentState.OptedOut : ConsentState.OptedIn,
            Sender.Length == 0 ? null : Sender,
            Channel,
            Source,
            MessageId,
            Quote,
            new(ActorKind, ActorId),
            At,
            RecordedAt
        );
}
