using Contacts.Cards;
using ServiceDefaults.Authentication;

namespace Contacts.History;

internal static class HistoryRoutes
{
    public static void MapHistory(this WebApplication app)
    {
        var contact = app.MapContactApi().MapGroup("/{id:guid}");
        contact.ProducesProblem(StatusCodes.Status404NotFound);
        contact.MapGet("/history", ListHistory.HandleAsync).RequireScope(Scopes.ContactsRead);
        contact
            .MapPost("/history/{version:long:min(1)}/reversal", CreateReversal.HandleAsync)
            .RequireScope(Scopes.ContactsWrite)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status412PreconditionFailed);
        contact.MapGet("/provenance", ListProvenance.HandleAsync).RequireScope(Scopes.ContactsRead);
    }
}
