using Contacts.Cards;
using Microsoft.AspNetCore.Http.HttpResults;
using ServiceDefaults.Api;

namespace Contacts.Functions;

/// <summary>Which contact to change, and what: what is absent stays as it is, null clears.</summary>
public sealed record UpdateContactFunctionRequest : ContactInput
{
    public required Guid ContactId { get; init; }
}

internal static class UpdateContactFunction
{
    /// <summary>Change a contact</summary>
    /// <remarks>
    /// With <c>If-Match</c>, only if the contact still has that version (412 otherwise). The id of a contact that was merged into another stands for the survivor.
    /// </remarks>
    public static async Task<Results<Ok<ContactEnvelope>, ProblemHttpResult>> HandleAsync(
        UpdateContactFunctionRequest request,
        ContactUpdate update,
        HttpContext http,
        CancellationToken cancellationToken
    )
    {
        var written = await update.ApplyAsync(request.ContactId, request, http.Request, cancellationToken);
        if (Absorbed.SurvivorIn(written.Problem) is { } survivorId)
        {
            written = await update.ApplyAsync(survivorId, request, http.Request, cancellationToken);
        }
        if (written.Card is not { } card)
        {
            return written.Problem!;
        }
        VersionTag.Write(http.Response, card.Version);
        return TypedResults.Ok(new ContactEnvelope(card.ToResponse()));
    }
}
