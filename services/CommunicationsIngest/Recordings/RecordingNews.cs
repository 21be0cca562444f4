namespace CommunicationsIngest.Recordings;

/// <summary>What a provider says about a recording.</summary>
/// <param name="ProviderId">The provider's id of the recording.</param>
/// <param name="CallProviderId">The provider's id of the call.</param>
/// <param name="State">recording, waiting (there is audio to fetch), absent, failed, or refused where the address is not the provider's.</param>
/// <param name="Url">Where the audio is, for waiting.</param>
internal sealed record RecordingNews(
    string Provider,
    string ProviderId,
    string CallProviderId,
    string State,
    Uri? Url,
    int? DurationSeconds,
    int? Channels,
    DateTimeOffset? StartedAt
);
