using CommunicationsIngest.Contacts;
using ServiceDefaults.Api;
using ServiceDefaults.Authentication;

namespace CommunicationsIngest.Conversations;

internal static class ConversationRoutes
{
    public static void MapConversations(this WebApplication app)
    {
        var conversations = app.MapApi("/v1/conversations", "Conversations");
        conversations.MapGet("/", ListConversations.HandleAsync).RequireScope(Scopes.ConversationsRead);
        conversations.MapGet("/{id:guid}", GetConversation.HandleAsync).RequireScope(Scopes.ConversationsRead).ProducesProblem(StatusCodes.Status404NotFound);
        conversations
            .MapGet("/{id:guid}/messages", ListMessages.HandleAsync)
            .RequireScope(Scopes.ConversationsRead)
            .ProducesProblem(StatusCodes.Status404NotFound);
        app.MapApi("/v1/contacts", "Conversations").MapGet("/{id:guid}/timeline", ReadTimeline.HandleAsync).RequireScope(Scopes.ConversationsRead);
    }
}
