using ServiceDefaults.Api;
using ServiceDefaults.Authentication;

namespace CommunicationsIngest.Consent;

internal static class ConsentRoutes
{
    private const string Tag = "Consent";

    public static void AddConsent(this WebApplicationBuilder builder) => builder.Services.AddSingleton<ConsentLedger>();

    public static void MapConsent(this WebApplication app)
    {
        var contacts = app.MapApi("/v1/contacts/{id:guid}", Tag).ProducesProblem(StatusCodes.Status404NotFound);
        contacts.MapGet("/consents", ListConsents.HandleAsync).RequireScope(Scopes.ConversationsRead);
        contacts.MapGet("/can-contact", CanContact.HandleAsync).RequireScope(Scopes.ConversationsRead);
        app.MapApi("/v1/consents", Tag)
            .MapPost("/", RecordConsent.HandleAsync)
            .RequireScope(Scopes.ConversationsWrite)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);
    }
}
