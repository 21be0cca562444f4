using ServiceDefaults;

namespace CommunicationsIngest.Recordings;

/// <summary>Wakes the job that fetches recordings when one has come.</summary>
internal sealed class RecordingSignal : WakeUp;
