using ServiceDefaults.Api;
using ServiceDefaults.Authentication;

namespace Contacts.CustomFields;

internal static class CustomFieldRoutes
{
    public static void MapCustomFields(this WebApplication app)
    {
        var fields = app.MapApi("/v1/custom-fields", "Custom fields");
        fields.MapGet("/", ListCustomFields.HandleAsync).RequireScope(Scopes.ContactsRead);
        fields.MapPost("/", CreateCustomField.HandleAsync).RequireScope(Scopes.Settings).ProducesProblem(StatusCodes.Status409Conflict);
        fields
            .MapPatch("/{id:guid}", UpdateCustomField.HandleAsync)
            .RequireScope(Scopes.Settings)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);
        fields.MapDelete("/{id:guid}", DeleteCustomField.HandleAsync).RequireScope(Scopes.Settings).ProducesProblem(StatusCodes.Status404NotFound);
    }
}
