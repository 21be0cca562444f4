using ServiceDefaults;

namespace CommunicationsIngest.Summaries;

/// <summary>Wakes the job that reads conversations when one has ended or a transcript has come.</summary>
internal sealed class ReadingSignal : WakeUp;
