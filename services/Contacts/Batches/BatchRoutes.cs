using Contacts.Cards;
using ServiceDefaults.Api;
using ServiceDefaults.Authentication;

namespace Contacts.Batches;

internal static class BatchRoutes
{
    public static void MapBatches(this WebApplication app)
    {
        // The turn is outside of all that a route of the API does, which begins by claiming the Idempotency-Key in the database.
        var turn = new BatchTurn();
        app.Lifetime.ApplicationStopped.Register(turn.Dispose);
        var turns = app.MapGroup("").AddEndpointFilter(turn);
        turns
            .MapApi("/v1/contacts", "Contacts")
            .MapPost("/batch", UpsertContacts.HandleAsync)
            .RequireScope(Scopes.ContactsWrite)
            .AcceptsBodyOf(UpsertContacts.MaxBodyBytes)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        app.MapApi("/v1/contacts", "Contacts").MapPost("/lookup", LookupContacts.HandleAsync).RequireScope(Scopes.ContactsRead);
    }
}
