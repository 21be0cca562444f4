using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Contacts.Cards;
using Messages;
using Microsoft.AspNetCore.Http.HttpResults;
using ServiceDefaults.Authentication;

namespace Contacts.Batches;

/// <summary>Contacts to be made or changed; each is recognised by the phones, emails and other identities that its row gives.</summary>
public sealed record UpsertContactsRequest
{
    /// <summary>1 to 1,000 rows.</summary>
    [MinLength(1), MaxLength(UpsertContacts.MaxRows)]
    public required IReadOnlyList<ContactRow> Contacts { get; init; }

    /// <summary>Where the data comes from, as each field's provenance will say; the caller itself where it is not given.</summary>
    public BatchSource? Source { get; init; }

    /// <summary>Name of the import to which the rows belong, for their provenance. At most 100 characters.</summary>
    [StringLength(100)]
    public string? ImportId { get; init; }

    /// <summary>Whether given fields overwrite what a contact has, or only fill what is empty.</summary>
    [DefaultValue(BatchMode.Overwrite)]
    public BatchMode Mode { get; init; }

    /// <summary>Whether a row's tags are added to a contact's, or take their place. <c>replace</c> does not go with the mode <c>fill</c>.</summary>
    [DefaultValue(TagsMode.Add)]
    public TagsMode TagsMode { get; init; }
}

/// <summary>One row of a batch: a contact, and how it is recognised.</summary>
public sealed record ContactRow : ContactInput
{
    /// <summary>By which of the row's identities a contact is recognised; by any of them where this is not given.</summary>
    public IReadOnlyList<MatchBy>? MatchBy { get; init; }

    /// <summary>The row's number in the import's file, for provenance; counts from 1, the header aside.</summary>
    [Range(1, int.MaxValue)]
    public int? ImportRow { get; init; }
}

/// <summary>Where a batch's data comes from.</summary>
public enum BatchSource
{
    Api,
    Import,
    Crm,
}

/// <summary>What given fields may do to a contact that is there already.</summary>
public enum BatchMode
{
    Overwrite,
    Fill,
}

/// <summary>What a row's tags do to a contact's.</summary>
public enum TagsMode
{
    Add,
    Replace,
}

/// <summary>A kind of identity by which a row's contact is recognised.</summary>
public enum MatchBy
{
    Phone,
    Email,
    ExternalId,
}

internal static class UpsertContacts
{
    public const int MaxRows = 1_000;

    /// <summary>8 MB: a thousand rows with long notes.</summary>
    public const int MaxBodyBytes = 8 * 1024 * 1024;

    /// <summary>Create or change up to 1,000 contacts</summary>
    /// <remarks>
    /// Each row has its own outcome, in the order of the rows: <c>created</c>, <c>updated</c>, <c>unchanged</c>, or <c>failed</c> with the problem that the row would have
    /// had by itself (<c>invalid-phone</c>, <c>contact-exists</c>, ...); a row that fails takes no other with it. A row whose identities belong to different contacts fails
    /// with <c>ambiguous-identity</c> and their ids. Rows that name the same contact are applied in their order.
    ///
    /// Identities are added to a contact and never taken from it; with the mode <c>overwrite</c> the row's phone and email become the primary ones. A shared identity does not
    /// outweigh one that is not shared. The tag <c>opt-out</c> can be neither set nor cleared.
    ///
    /// Rows are written in groups. A request that broke off may have written some of them: repeat it, rows that were written come out <c>unchanged</c>. With an Idempotency-Key
    /// the repetition of a request that was answered gets the same answer. A body takes at most 8 MB.
    /// </remarks>
    public static async Task<Results<Ok<UpsertContactsResponse>, ProblemHttpResult>> HandleAsync(
        UpsertContactsRequest request,
        ContactBatch batch,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var errors = new FieldErrors();
        if (request.Mode == BatchMode.Fill && request.TagsMode == TagsMode.Replace)
        {
            errors.Add("tags_mode", "tags_mode: replace does not go with the mode fill.");
        }
        var importId = FieldReading.ReadLine(request.ImportId, "import_id", 100, errors);
        if (errors.Any)
        {
            return errors.ToProblem();
        }
        var actor = request.Source is { } source ? caller.Actor with { Kind = KindOf(source) } : caller.Actor;
        return TypedResults.Ok(UpsertContactsResponse.Of(await batch.WriteAsync(request with { ImportId = importId }, actor, cancellationToken)));
    }

    private static ActorKind KindOf(BatchSource source) =>
        source switch
        {
            BatchSource.Api => ActorKind.Api,
            BatchSource.Import => ActorKind.Import,
            BatchSource.Crm => ActorKind.Crm,
            _ => throw new ArgumentOutOfRangeException(nameof(source), source, null),
        };
}
