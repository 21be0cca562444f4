using ServiceDefaults;

namespace CommunicationsIngest.Texts;

/// <summary>Wakes the job that sends texts when one was queued.</summary>
internal sealed class TextSignal : WakeUp;
