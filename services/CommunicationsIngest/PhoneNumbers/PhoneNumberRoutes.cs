using ServiceDefaults.Api;
using ServiceDefaults.Authentication;

namespace CommunicationsIngest.PhoneNumbers;

internal static class PhoneNumberRoutes
{
    public static void AddPhoneNumbers(this WebApplicationBuilder builder) => builder.Services.AddSingleton<NumberDirectory>();

    public static void MapPhoneNumbers(this WebApplication app)
    {
        var group = app.MapApi("/v1/phone-numbers", "Phone numbers");
        group.MapGet("/", ListPhoneNumbers.HandleAsync).RequireScope(Scopes.Settings);
        group.MapGet("/{number}", GetPhoneNumber.HandleAsync).RequireScope(Scopes.Settings).ProducesProblem(StatusCodes.Status404NotFound);
        group.MapPut("/{number}", RegisterPhoneNumber.HandleAsync).RequireScope(Scopes.Settings).ProducesProblem(StatusCodes.Status409Conflict);
        group.MapDelete("/{number}", RemovePhoneNumber.HandleAsync).RequireScope(Scopes.Settings).ProducesProblem(StatusCodes.Status404NotFound);
    }
}
