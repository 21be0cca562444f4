using Contacts.Cards;
using Microsoft.AspNetCore.Http.HttpResults;
using ServiceDefaults.Api;

namespace Contacts.Functions;

internal static class CreateContactFunction
{
    /// <summary>Create a contact</summary>
    /// <remarks>Takes the same body as <c>POST /v1/contacts</c>.</remarks>
    public static async Task<Results<Created<ContactEnvelope>, ProblemHttpResult>> HandleAsync(
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
        return TypedResults.Created($"/v1/contacts/{card.Id}", new ContactEnvelope(card.ToResponse()));
    }
}
