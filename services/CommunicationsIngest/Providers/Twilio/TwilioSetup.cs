using CommunicationsIngest.Recordings;
using CommunicationsIngest.Texts;

namespace CommunicationsIngest.Providers.Twilio;

internal static class TwilioSetup
{
    public const string Provider = "twilio";
    public const string Webhooks = "/webhooks/twilio";

    public static void AddTwilio(this WebApplicationBuilder builder)
    {
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
        builder.Services.AddHttpClient(TwilioRecordings.Client).ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false });
        builder.Services.AddHttpClient(TwilioTexts.Client).ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false });
        builder.Services.AddSingleton<ITextProvider, TwilioTexts>();
        builder.Services.AddSingleton<IRecordingSource, TwilioRecordings>();
    }

    /// <summary>What Twilio calls. Configure these paths at the account's numbers; each answers within milliseconds (Twilio waits 15 s).</summary>
    public static void MapTwilio(this WebApplication app)
    {
        var webhooks = app.MapGroup(Webhooks).AllowAnonymous().AddEndpointFilter<VerifySignature>();
        webhooks.MapPost("/messages", ReceiveText.HandleAsync);
        webhooks.MapPost(FollowText.Route, FollowText.HandleAsync);
        webhooks.MapPost("/calls", AnswerCall.HandleAsync);
        webhooks.MapPost("/call-status", FollowCall.HandleAsync);
        webhooks.MapPost("/recordings", FollowRecording.HandleAsync);
    }
}
