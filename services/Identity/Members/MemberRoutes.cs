using ServiceDefaults.Api;
using ServiceDefaults.Authentication;

namespace Identity.Members;

internal static class MemberRoutes
{
    public static void MapMembers(this WebApplication app)
    {
        var members = app.MapApi("/v1/members", "Members");
        members.MapGet("/", ListMembers.HandleAsync).RequireScope(Scopes.Admin);
        members.MapPost("/", AddMember.HandleAsync).RequireScope(Scopes.Admin).AnswerIsShownOnce().ProducesProblem(409);
        members.MapPatch("/{id:guid}", ChangeRole.HandleAsync).RequireScope(Scopes.Admin).ProducesProblem(404).ProducesProblem(409);
        members.MapDelete("/{id:guid}", RemoveMember.HandleAsync).RequireScope(Scopes.Admin).ProducesProblem(404).ProducesProblem(409);
    }
}
