namespace CommunicationsIngest.Recordings;

/// <summary>A provider's side of fetching a recording: one for each provider, found by its name.</summary>
internal interface IRecordingSource
{
    string Provider { get; }

    /// <summary>Opens the audio with the provider's credentials. The caller disposes the answer.</summary>
    /// <exception cref="RecordingRefusedException">It is not at the provider's own address: never try again.</exception>
    /// <exception cref="HttpRequestException">Not to be had now: try again later.</exception>
    Task<HttpResponseMessage> OpenAsync(Uri url, CancellationToken cancellationToken);
}

internal sealed class RecordingRefusedException(string reason) : Exception(reason);
