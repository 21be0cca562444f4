using ServiceDefaults.Api;
using ServiceDefaults.Authentication;

namespace Contacts.Tags;

internal static class TagRoutes
{
    public static void MapTags(this WebApplication app)
    {
        var tags = app.MapApi("/v1/tags", "Tags");
        tags.MapGet("/", ListTags.HandleAsync).RequireScope(Scopes.ContactsRead);
        tags.MapPost("/", CreateTag.HandleAsync).RequireScope(Scopes.Settings).ProducesProblem(StatusCodes.Status409Conflict);
        tags.MapPatch("/{id:guid}", UpdateTag.HandleAsync)
            .RequireScope(Scopes.Settings)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);
        tags.MapPost("/{id:guid}/merge", MergeTag.HandleAsync)
            .RequireScope(Scopes.Settings)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);
        tags.MapDelete("/{id:guid}", DeleteTag.HandleAsync)
            .RequireScope(Scopes.Settings)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);
    }
}
