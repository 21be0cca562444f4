using Contacts.Cards;
using ServiceDefaults.Authentication;

namespace Contacts.Identities;

internal static class IdentityRoutes
{
    public static void MapIdentities(this WebApplication app)
    {
        var identities = app.MapContactApi().MapGroup("/{id:guid}/identities");
        identities.ProducesProblem(StatusCodes.Status308PermanentRedirect).ProducesProblem(StatusCodes.Status404NotFound);
        identities.MapGet("/", ListIdentities.HandleAsync).RequireScope(Scopes.ContactsRead);
        identities.MapPost("/", AddIdentity.HandleAsync).RequireScope(Scopes.ContactsWrite).ProducesProblem(StatusCodes.Status409Conflict);
        identities.MapPatch("/{kind}/{value}", UpdateIdentity.HandleAsync).RequireScope(Scopes.ContactsWrite);
        identities.MapDelete("/{kind}/{value}", RemoveIdentity.HandleAsync).RequireScope(Scopes.ContactsWrite);
    }
}
