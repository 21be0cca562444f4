using Contacts.Cards;
using ServiceDefaults.Authentication;

namespace Contacts.Notes;

internal static class NotesRoutes
{
    public static void MapNotes(this WebApplication app) =>
        app.MapContactApi()
            .MapGet("/{id:guid}/notes/revisions", ListNoteRevisions.HandleAsync)
            .RequireScope(Scopes.ContactsRead)
            .ProducesProblem(StatusCodes.Status404NotFound);
}
