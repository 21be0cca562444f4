using Contacts.Cards;
using ServiceDefaults.Authentication;

namespace Contacts.Captures;

internal static class CaptureRoutes
{
    public static void MapCaptures(this WebApplication app) =>
        app.MapContactApi()
            .MapPost("/{id:guid}/captures", CreateCaptures.HandleAsync)
            .RequireScope(Scopes.ContactsWrite)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);
}
