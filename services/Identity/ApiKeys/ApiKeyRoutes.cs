using ServiceDefaults.Api;
using ServiceDefaults.Authentication;

namespace Identity.ApiKeys;

internal static class ApiKeyRoutes
{
    public static void MapApiKeys(this WebApplication app)
    {
        var keys = app.MapApi("/v1/api-keys", "API keys");
        keys.MapGet("/", ListApiKeys.HandleAsync).RequireScope(Scopes.Admin);
        keys.MapPost("/", CreateApiKey.HandleAsync).RequireScope(Scopes.Admin).AnswerIsShownOnce();
        keys.MapDelete("/{id:guid}", RevokeApiKey.HandleAsync).RequireScope(Scopes.Admin).ProducesProblem(404);
    }
}
