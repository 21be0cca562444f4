using Contacts.Cards;
using ServiceDefaults.Api;
using ServiceDefaults.Authentication;

namespace Contacts.Suggestions;

internal static class SuggestionRoutes
{
    public static void MapSuggestions(this WebApplication app)
    {
        var suggestions = app.MapApi("/v1/suggestions", "Suggestions");
        suggestions.MapGet("/", ListSuggestions.HandleAsync).RequireScope(Scopes.ContactsRead);
        suggestions
            .MapPatch("/{id:guid}", DecideSuggestion.HandleAsync)
            .RequireScope(Scopes.ContactsWrite)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);
        suggestions.MapPost("/decisions", DecideSuggestions.HandleAsync).RequireScope(Scopes.ContactsWrite).ProducesProblem(StatusCodes.Status409Conflict);
        app.MapContactApi()
            .MapGet("/{id:guid}/suggestions", ListContactSuggestions.HandleAsync)
            .RequireScope(Scopes.ContactsRead)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .WithTags("Suggestions");
    }
}
