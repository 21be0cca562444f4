using ServiceDefaults.Api;
using ServiceDefaults.Authentication;
using ServiceDefaults.Postgres;

namespace Contacts.Erasures;

internal static class ErasureRoutes
{
    public static void AddErasures(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<ForgottenIdentities>();
        builder.Services.AddHostedService<KeyCheck>();
        builder.Services.ForgetHourly("deletions", "SELECT forget_old_deletions($1)");
    }

    /// <summary>An erasure destroys records for good, also those that a business may have to show: it is for those who answer for the workspace.</summary>
    public static void MapErasures(this WebApplication app)
    {
        var erasures = app.MapApi("/v1/erasures", "Erasures").RequireScope(Scopes.Admin);
        erasures.MapPost("/", RequestErasure.HandleAsync).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
        erasures.MapGet("/", ListErasures.HandleAsync);
        erasures.MapGet("/{id:guid}", GetErasure.HandleAsync).ProducesProblem(StatusCodes.Status404NotFound);
    }

    /// <summary>A missing key is to be noticed at the start and not by the first contact.</summary>
    private sealed class KeyCheck(ForgottenIdentities forgotten) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken)
        {
            ArgumentNullException.ThrowIfNull(forgotten);
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
