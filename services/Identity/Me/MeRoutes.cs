using Identity.Sessions;

namespace Identity.Me;

internal static class MeRoutes
{
    public static void MapMe(this WebApplication app)
    {
        var me = app.MapGroup("/v1/me").WithTags("Me").ProducesProblem(401);
        me.MapGet("/", GetMe.HandleAsync).RequireAuthorization(policy => policy.RequireAuthenticatedUser());
        me.MapPut("/password", ChangePassword.HandleAsync).RequireAuthorization(Person.Policy).ProducesProblem(400).ProducesProblem(403);
    }
}
