namespace Identity.Sessions;

internal static class SessionRoutes
{
    public static void MapSessions(this WebApplication app)
    {
        var sessions = app.MapGroup("/v1/sessions").WithTags("Sessions").ProducesProblem(400).ProducesProblem(401);
        sessions.MapPost("/", SignIn.HandleAsync).AllowAnonymous().ProducesProblem(403).ProducesProblem(429);
        sessions.MapDelete("/current", SignOut.HandleAsync).RequireAuthorization(Person.Policy);
        sessions.MapPut("/current/workspace", SwitchWorkspace.HandleAsync).RequireAuthorization(Person.Policy).ProducesProblem(403);
    }
}
