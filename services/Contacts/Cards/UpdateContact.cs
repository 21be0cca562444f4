using Microsoft.AspNetCore.Http.HttpResults;
using ServiceDefaults.Api;

namespace Contacts.Cards;

/// <summary>What to change: what is absent stays as it is, null clears.</summary>
public sealed record UpdateContactRequest : ContactInput;

internal static class UpdateContact
{
    /// <summary>Change a contact</summary>
    /// <remarks>
    /// With <c>If-Match</c>, only if the contact still has that version (412 otherwise). Where notes were given, the 412 carries <c>current</c> (the notes and version of now),
    /// <c>base</c> (those of the version in If-Match), <c>merged</c> (both changes, line by line) and <c>has_conflicts</c> (both changed the same lines; merged has theirs and
    /// then these).
    /// </remarks>
    public static async Task<Results<Ok<ContactResponse>, ProblemHttpResult>> HandleAsync(
        Guid id,
        UpdateContactRequest request,
        ContactUpdate update,
        HttpContext http,
        CancellationToken cancellationToken
    )
    {
        var written = await update.ApplyAsync(id, request, http.Request, cancellationToken);
        if (written.Card is not { } card)
        {
            return written.Problem!;
        }
        VersionTag.Write(http.Response, card.Version);
        return TypedResults.Ok(card.ToResponse());
    }
}
