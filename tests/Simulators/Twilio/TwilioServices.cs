using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;
using Simulators.Twilio.Accounts;
using Simulators.Twilio.Calls;
using Simulators.Twilio.Demo;
using Simulators.Twilio.Messages;
using Simulators.Twilio.Network;
using Simulators.Twilio.Recordings;
using Simulators.Twilio.Twiml;
using Simulators.Twilio.Webhooks;

namespace Simulators.Twilio;

/// <summary>Everything the simulator is made of. All of it lives as long as the process: there is no database, a restart forgets.</summary>
internal static class TwilioServices
{
    private const int LargestRequest = 1024 * 1024;

    public static void AddTwilio(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        var configuration = builder.Configuration;
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = LargestRequest);
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        services.Configure<FormOptions>(form => form.ValueCountLimit = 256);
        services.AddHealthChecks();
        services.AddProblemDetails();
        services.AddValidation();
        services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
            json.SerializerOptions.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
            json.SerializerOptions.Converters.Add(new JsonStringEnumConverter<CallStatus>(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false));
            json.SerializerOptions.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false));
        });

        services.AddOptions<TwilioAccount>().BindConfiguration("Twilio").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<TwilioAccount>>().Value);
        services.AddSingleton(_ => new PublicUrl(
            configuration.GetValue<Uri>("PublicUrl") ?? throw new InvalidOperationException("Configuration PublicUrl is missing.")
        ));
        services.AddSingleton(_ => new Randomness(configuration.GetValue<int?>("Simulator:Seed")));
        services.AddSingleton(_ => new BehaviourSetting(configuration.GetSection("Simulator").Get<Behaviour>() ?? new Behaviour()));
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<ApiAddress>().AddSingleton<AccountAuthentication>().AddSingleton<RateLimit>().AddSingleton<Background>();

        services.AddSingleton<DeliveryLog>();
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<WebhookSender>(provider, WebhookClient()));
        services.AddSingleton<MessageLog>().AddSingleton<MessageParameters>().AddSingleton<MessageResource>().AddSingleton<OptOuts>();
        services.AddSingleton<InboundTexts>().AddSingleton<OutboundTexts>().AddSingleton<ProviderConfirmations>();
        services.AddSingleton<CallLog>().AddSingleton<CallParameters>().AddSingleton<CallResource>().AddSingleton<Lines>();
        services.AddSingleton<InboundCalls>().AddSingleton<OutboundCalls>().AddSingleton<RecordingLog>().AddSingleton<CallRecorder>();
        services.AddSingleton<CallPlayer>().AddSingleton<RecordVerb>().AddSingleton<DialVerb>();
        services.AddSingleton<ConnectVerb>().AddSingleton<StartVerb>().AddSingleton<MediaStream>();
        if (configuration.GetValue<bool>("Demo:Seed"))
            services.AddSingleton<DemoChats>().AddHostedService<DemoDay>();
    }

    public static void MapTwilio(this WebApplication app)
    {
        app.UseExceptionHandler();
        app.MapHealthChecks("/health");
        app.MapRestApi();
        app.MapNetwork();
    }

    /// <summary>
    /// Redirects are not followed: what they lead to would be taken for an acknowledgement. Connections are given up soon, so that a receiver that comes back is found.
    /// </summary>
    private static HttpClient WebhookClient() =>
        new(
            new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseCookies = false,
                UseProxy = false,
                ConnectTimeout = TimeSpan.FromSeconds(5),
                PooledConnectionLifetime = TimeSpan.FromMinutes(1),
            }
        )
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
}
