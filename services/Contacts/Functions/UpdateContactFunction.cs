using Contacts.Cards;
using Microsoft.AspNetCore.Http.HttpResults;
using ServiceDefaults.Api;
using ServiceDefaults.Json;

namespace Contacts.Functions;

/// <summary>Which contact to change, and what: what is absent stays as it is, null clears.</summary>
public sealed record UpdateContactFunctionRequest
{
    public required Guid ContactId { get; init; }

    /// <summary>In place of the primary phone. E.164 or as it is dialled in the workspace's country.</summary>
    /// <example>(604) 555-1234</example>
    public Optional<string> Phone { get; init; }

    /// <summary>In place of the primary email.</summary>
    /// <example>john@example.com</example>
    public Optional<string> Email { get; init; }

    /// <summary>The full name, at most 200 characters; first and last name are taken from it where they are not given.</summary>
    /// <example>John Smith Jr.</example>
    public Optional<string> Name { get; init; }

    /// <summary>At most 100 characters.</summary>
    public Optional<string> FirstName { get; init; }

    /// <summary>At most 100 characters.</summary>
    public Optional<string> LastName { get; init; }

    /// <summary>At most 200 characters.</summary>
    public Optional<string> Company { get; init; }

    /// <summary>At most 10,000 characters.</summary>
    public Optional<string> Notes { get; init; }

    /// <summary>All of the contact's tags by name, at most 50 of 1 to 50 characters; those that do not exist yet are created.</summary>
    public Optional<IReadOnlyList<string>> Tags { get; init; }
}

internal static class UpdateContactFunction
{
    /// <summary>Change a contact</summary>
    /// <remarks>With <c>If-Match</c>, only if the contact still has that version (412 otherwise).</remarks>
    public static async Task<Results<Ok<ContactEnvelope>, ProblemHttpResult>> HandleAsync(
        UpdateContactFunctionRequest request,
        ContactUpdate update,
        HttpContext http,
        CancellationToken cancellationToken
    )
    {
        var input = new ContactInput
        {
            Phone = request.Phone,
            Email = request.Email,
            Name = request.Name,
            FirstName = request.FirstName,
            LastName = request.LastName,
            Company = request.Company,
            Notes = request.Notes,
            Tags = request.Tags,
        };
        var written = await update.ApplyAsync(request.ContactId, input, http.Request, cancellationToken);
        if (written.Card is not { } card)
        {
            return written.Problem!;
        }
        VersionTag.Write(http.Response, card.Version);
        return TypedResults.Ok(new ContactEnvelope(card.ToResponse()));
    }
}
