using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using ServiceDefaults.Api;
using ServiceDefaults.Json;

namespace Contacts.Cards;

/// <summary>A new contact. A phone or an email is required.</summary>
public sealed record CreateContactRequest
{
    /// <summary>E.164 or as it is dialled in the workspace's country.</summary>
    /// <example>+16045551234</example>
    [StringLength(50)]
    public string? Phone { get; init; }

    /// <example>john@example.com</example>
    [StringLength(320)]
    public string? Email { get; init; }

    /// <summary>The full name; first and last name are taken from it where they are not given.</summary>
    /// <example>John Smith</example>
    [StringLength(ContactFields.MaxName)]
    public string? Name { get; init; }

    [StringLength(ContactFields.MaxNamePart)]
    public string? FirstName { get; init; }

    [StringLength(ContactFields.MaxNamePart)]
    public string? LastName { get; init; }

    /// <example>Acme Corp</example>
    [StringLength(ContactFields.MaxCompany)]
    public string? Company { get; init; }

    [StringLength(ContactFields.MaxNotes)]
    public string? Notes { get; init; }

    /// <summary>Names of tags, 1 to 50 characters each; those that do not exist yet are created.</summary>
    [MaxLength(50)]
    public IReadOnlyList<string>? Tags { get; init; }

    internal ContactInput ToInput() =>
        new()
        {
            Phone = new(Phone),
            Email = new(Email),
            Name = new(Name),
            FirstName = new(FirstName),
            LastName = new(LastName),
            Company = new(Company),
            Notes = new(Notes),
            Tags = new(Tags),
        };
}

internal static class CreateContact
{
    /// <summary>Create a contact</summary>
    /// <remarks>Answers 409 <c>contact-exists</c> with <c>contact_id</c> where another contact has the phone or the email.</remarks>
    public static async Task<Results<Created<ContactResponse>, ProblemHttpResult>> HandleAsync(
        CreateContactRequest request,
        NewContact contact,
        HttpResponse response,
        CancellationToken cancellationToken
    )
    {
        var written = await contact.AddAsync(request.ToInput(), cancellationToken);
        if (written.Card is not { } card)
        {
            return written.Problem!;
        }
        VersionTag.Write(response, card.Version);
        return TypedResults.Created($"/v1/contacts/{card.Id}", card.ToResponse());
    }
}
