using Contacts.Cards;
using ServiceDefaults.Api;
using ServiceDefaults.Authentication;

namespace Contacts.Duplicates;

internal static class DuplicateRoutes
{
    public static void MapDuplicates(this WebApplication app)
    {
        var duplicates = app.MapApi("/v1/duplicates", "Duplicates");
        duplicates.MapGet("/", ListDuplicates.HandleAsync).RequireScope(Scopes.ContactsRead);
        duplicates
            .MapPatch("/{id:guid}", UpdateDuplicate.HandleAsync)
            .RequireScope(Scopes.ContactsWrite)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);
        duplicates.MapPost("/dismissals", DismissDuplicates.HandleAsync).RequireScope(Scopes.ContactsWrite);
        duplicates.MapPost("/merges", MergeDuplicates.HandleAsync).RequireScope(Scopes.ContactsWrite);
        app.MapContactApi()
            .MapGet("/{id:guid}/duplicates", ListContactDuplicates.HandleAsync)
            .RequireScope(Scopes.ContactsRead)
            .ProducesProblem(StatusCodes.Status308PermanentRedirect)
            .ProducesProblem(StatusCodes.Status404NotFound);
    }
}
