using Microsoft.AspNetCore.Cors.Infrastructure;
using Npgsql;

namespace CommunicationsIngest.Chat;

/// <summary>
/// CORS of the widget's routes: the origins that widgets name. A preflight knows no widget yet, so any widget of the installation counts; which one it is, the start of the
/// session checks itself. No cookies: the token travels in a header.
/// </summary>
internal sealed class ChatOrigins(NpgsqlDataSource dataSource) : ICorsPolicyProvider
{
    public const string PolicyName = "chat";

    public async Task<CorsPolicy?> GetPolicyAsync(HttpContext context, string? policyName)
    {
        var origin = context.Request.Headers.Origin.ToString();
        if (policyName != PolicyName || origin.Length is 0 or > ChatWidgetOrigin.MaxLength || !await IsAllowedAsync(origin, context.RequestAborted))
        {
            return null;
        }
        return new CorsPolicyBuilder(origin)
            .WithMethods("GET", "POST", "PUT")
            .WithHeaders("Authorization", "Content-Type", "Idempotency-Key")
            .SetPreflightMaxAge(TimeSpan.FromHours(1))
            .Build();
    }

    private async Task<bool> IsAllowedAsync(string origin, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand("SELECT is_chat_origin($1)");
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = origin });
        return (bool)(await command.ExecuteScalarAsync(cancellationToken))!;
    }
}
