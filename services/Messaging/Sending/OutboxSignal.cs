using ServiceDefaults;

namespace Messaging.Sending;

/// <summary>
/// Wakes the relay of this process when one of its transactions has committed. In memory on purpose: NOTIFY would serialise all commits behind one lock (ADR 0003).
/// </summary>
public sealed class OutboxSignal : WakeUp;
