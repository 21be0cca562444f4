using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Cors.Infrastructure;
using ServiceDefaults.Api;
using ServiceDefaults.Authentication;

namespace CommunicationsIngest.Chat;

internal static class ChatRoutes
{
    private const string Tag = "Chat";

    public static void AddChat(this WebApplicationBuilder builder)
    {
        builder.Services.AddAuthentication().AddScheme<AuthenticationSchemeOptions, VisitorAuthentication>(VisitorAuthentication.SchemeName, null);
        builder.Services.AddCors();
        builder.Services.AddSingleton<ICorsPolicyProvider, ChatOrigins>();
    }

    public static void MapChat(this WebApplication app)
    {
        var widgets = app.MapApi("/v1/chat/widgets", Tag);
        widgets.MapGet("/", ListChatWidgets.HandleAsync).RequireScope(Scopes.Settings);
        widgets.MapPost("/", CreateChatWidget.HandleAsync).RequireScope(Scopes.Settings);
        widgets.MapDelete("/{id:guid}", DeleteChatWidget.HandleAsync).RequireScope(Scopes.Settings).ProducesProblem(StatusCodes.Status404NotFound);

        app.MapPost("/v1/chat/sessions", StartChat.HandleAsync)
            .WithTags(Tag)
            .AllowAnonymous()
            .RequireCors(ChatOrigins.PolicyName)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound);

        var sessions = app.MapApi("/v1/chat/sessions/{id:guid}", Tag)
            .RequireAuthorization(policy => policy.AddAuthenticationSchemes(VisitorAuthentication.SchemeName).RequireAuthenticatedUser())
            .RequireCors(ChatOrigins.PolicyName)
            .ProducesProblem(StatusCodes.Status404NotFound);
        sessions.MapPost("/messages", SendChatMessage.FromVisitorAsync).ProducesProblem(StatusCodes.Status409Conflict);
        sessions.MapGet("/messages", ReadChat.HandleAsync);
        sessions.MapPut("/closure", EndChat.HandleAsync);

        app.MapApi("/v1/conversations", "Conversations")
            .MapPost("/{id:guid}/messages", SendChatMessage.FromStaffAsync)
            .RequireScope(Scopes.ConversationsWrite)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);
    }
}
