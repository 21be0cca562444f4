using ServiceDefaults.Api;
using ServiceDefaults.Authentication;

namespace Contacts.Cards;

internal static class ContactRoutes
{
    public static void MapContacts(this WebApplication app)
    {
        var contacts = app.MapContactApi();
        contacts.MapGet("/", ListContacts.HandleAsync).RequireScope(Scopes.ContactsRead);
        contacts.MapPost("/", CreateContact.HandleAsync).RequireScope(Scopes.ContactsWrite).ProducesProblem(StatusCodes.Status409Conflict);
        contacts
            .MapGet("/{id:guid}", GetContact.HandleAsync)
            .RequireScope(Scopes.ContactsRead)
            .ProducesProblem(StatusCodes.Status308PermanentRedirect)
            .ProducesProblem(StatusCodes.Status404NotFound);
        contacts
            .MapPatch("/{id:guid}", UpdateContact.HandleAsync)
            .RequireScope(Scopes.ContactsWrite)
            .ProducesProblem(StatusCodes.Status308PermanentRedirect)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status412PreconditionFailed);
        contacts
            .MapDelete("/{id:guid}", DeleteContact.HandleAsync)
            .RequireScope(Scopes.ContactsWrite)
            .ProducesProblem(StatusCodes.Status308PermanentRedirect)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status412PreconditionFailed);
    }

    /// <summary>Routes at and below a contact; an absorbed contact's redirect to its survivor's.</summary>
    public static RouteGroupBuilder MapContactApi(this WebApplication app)
    {
        var contacts = app.MapApi("/v1/contacts", "Contacts");
        contacts.AddEndpointFilter(Absorbed.RedirectAsync);
        return contacts;
    }
}
