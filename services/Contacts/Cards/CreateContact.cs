using Microsoft.AspNetCore.Http.HttpResults;
using ServiceDefaults.Api;

namespace Contacts.Cards;

/// <summary>A new contact. A phone or an email is required.</summary>
public sealed record CreateContactRequest : ContactInput;

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
        var written = await contact.AddAsync(request, cancellationToken);
        if (written.Card is not { } card)
        {
            return written.Problem!;
        }
        VersionTag.Write(response, card.Version);
        return TypedResults.Created($"/v1/contacts/{card.Id}", card.ToResponse());
    }
}
