using ServiceDefaults.Api;
using ServiceDefaults.Authentication;

namespace CommunicationsIngest.Texts;

internal static class TextRoutes
{
    public static void AddTexts(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<HeardInText>();
        builder.Services.AddSingleton<RecordText>();
        builder.Services.AddSingleton<TextSignal>();
        builder.Services.AddHostedService<SendTexts>();
    }

    public static void MapTexts(this WebApplication app) =>
        app.MapApi("/v1/texts", "Outbound")
            .MapPost("/", SendText.HandleAsync)
            .RequireScope(Scopes.Outbound)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);
}
