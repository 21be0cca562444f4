namespace Gateway.Limits;

internal static class LimitsSetup
{
    public static void AddLimits(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<RateLimitOptions>().BindConfiguration("RateLimits");
        builder.Services.AddSingleton<RequestRate>();
        builder.Services.AddSingleton<WebhookConcurrency>();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = RequestSize.MaxBytes;
        });
    }

    public static void UseLimits(this WebApplication app)
    {
        app.UseMiddleware<RequestRate>();
        app.UseMiddleware<WebhookConcurrency>();
    }
}
