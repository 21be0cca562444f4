using Identity.Sessions;
using ServiceDefaults.Api;
using ServiceDefaults.Authentication;

namespace Identity.Workspaces;

internal static class WorkspaceRoutes
{
    public static void MapWorkspaces(this WebApplication app)
    {
        app.MapPost("/v1/workspaces", CreateWorkspace.HandleAsync)
            .WithTags("Workspace")
            .RequireAuthorization(Person.Policy)
            .ProducesProblem(400)
            .ProducesProblem(401)
            .ProducesProblem(403)
            .ProducesProblem(409);
        var workspace = app.MapApi("/v1/workspace", "Workspace");
        workspace.MapGet("/", GetWorkspace.HandleAsync);
        workspace.MapPatch("/", UpdateWorkspace.HandleAsync).RequireScope(Scopes.Settings);
    }
}
