using System.ClientModel;
using System.ClientModel.Primitives;
using CommunicationsIngest.Capture;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Options;
using OpenAI;

namespace CommunicationsIngest.Summaries;

internal static class SummariesSetup
{
    public static void AddSummaries(this WebApplicationBuilder builder)
    {
        var section = builder.Configuration.GetSection(AiOptions.Section);
        builder
            .Services.AddOptions<AiOptions>()
            .Bind(section)
            .Validate(options => options.Endpoint is null || options.Model.Length > 0, "Ai:Model names the model to use at Ai:Endpoint.")
            .ValidateOnStart();
        if (section.Get<AiOptions>() is { Endpoint: not null } options)
        {
            builder.Services.AddSingleton(Connect(options));
        }
        builder.Services.AddSingleton<RuleReader>();
        builder.Services.AddSingleton<IConversationReader>(services =>
            services.GetService<IChatClient>() is { } model
                ? new ModelReader(
                    model,
                    services.GetRequiredService<RuleReader>(),
                    TimeSpan.FromSeconds(services.GetRequiredService<IOptions<AiOptions>>().Value.TimeoutSeconds),
                    services.GetRequiredService<ILogger<ModelReader>>()
                )
                : services.GetRequiredService<RuleReader>()
        );
        builder.Services.AddSingleton<CaptureDetails>();
        builder.Services.AddSingleton<ReadingSignal>();
        builder.Services.AddSingleton<ReadConversations>();
        builder.Services.AddHostedService(services => services.GetRequiredService<ReadConversations>());
    }

    /// <summary>Neither logs nor traces of the client: they would hold what people said.</summary>
    private static IChatClient Connect(AiOptions options) => new OpenAIClient(
            new ApiKeyCredential(options.ApiKey.Length > 0 ? options.ApiKey : "none"),
            new OpenAIClientOptions
            {
                Endpoint = options.Endpoint,
                NetworkTimeout = TimeSpan.FromSeconds(options.TimeoutSeconds),
                RetryPolicy = new ClientRetryPolicy(maxRetries: 1),
                EnableDistributedTracing = false,
                ClientLoggingOptions = new() { EnableLogging = false },
            }
        ).GetChatClient(options.Model).AsIChatClient();
}
