namespace CommunicationsIngest.Providers.Twilio;

internal static class TwilioSetup
{
    public const string Provider = "twilio";

    public static void AddTwilio(this WebApplicationBuilder builder) =>
        builder
            .Services.AddOptions<TwilioOptions>()
            .Configure<IConfiguration>(
                (options, configuration) =>
                {
                    configuration.GetSection(TwilioOptions.Section).Bind(options);
                    options.PublicUrl ??= configuration.GetValue<Uri>("PublicUrl");
                }
            )
            .ValidateDataAnnotations();

    /// <summary>What Twilio calls. Configure these paths at the account's numbers; each answers within milliseconds (Twilio waits 15 s).</summary>
    public static void MapTwilio(this WebApplication app)
    {
        var webhooks = app.MapGroup("/webhooks/twilio").AllowAnonymous().AddEndpointFilter<VerifySignature>();
        webhooks.MapPost("/messages", ReceiveText.HandleAsync);
    }
}
