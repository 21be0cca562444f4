using ServiceDefaults.Api;
using ServiceDefaults.Authentication;

namespace Contacts.Merges;

internal static class MergeRoutes
{
    public static void MapMerges(this WebApplication app)
    {
        var merges = app.MapApi("/v1/merges", "Merges");
        merges.MapGet("/", ListMerges.HandleAsync).RequireScope(Scopes.ContactsRead);
        merges
            .MapGet("/preview", PreviewMerge.HandleAsync)
            .RequireScope(Scopes.ContactsRead)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);
        merges.MapGet("/{id:guid}", GetMerge.HandleAsync).RequireScope(Scopes.ContactsRead).ProducesProblem(StatusCodes.Status404NotFound);
        merges
            .MapPost("/", MergeContacts.HandleAsync)
            .RequireScope(Scopes.ContactsWrite)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status412PreconditionFailed);
        merges
            .MapDelete("/{id:guid}", UndoMerge.HandleAsync)
            .RequireScope(Scopes.ContactsWrite)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);
    }
}
