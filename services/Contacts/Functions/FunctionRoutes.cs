using ServiceDefaults.Api;
using ServiceDefaults.Authentication;

namespace Contacts.Functions;

internal static class FunctionRoutes
{
    /// <summary>The calls of the product's first documentation, at their own paths.</summary>
    public static void MapFunctions(this WebApplication app)
    {
        var functions = app.MapApi("/functions/v1", "Functions");
        functions.MapGet("/list-contacts", ListContactsFunction.HandleAsync).RequireScope(Scopes.ContactsRead);
        functions
            .MapPost("/create-contact", CreateContactFunction.HandleAsync)
            .RequireScope(Scopes.ContactsWrite)
            .ProducesProblem(StatusCodes.Status409Conflict);
        functions
            .MapPost("/update-contact", UpdateContactFunction.HandleAsync)
            .RequireScope(Scopes.ContactsWrite)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status412PreconditionFailed);
    }
}
