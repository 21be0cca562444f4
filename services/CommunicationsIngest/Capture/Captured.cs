using Messages.CommunicationsIngest;

namespace CommunicationsIngest.Capture;

/// <summary>What a person said of himself.</summary>
/// <param name="Details">At most 14: a name in two parts, a company, a language, five addresses, five numbers.</param>
/// <param name="SaidAt">When the last of it was said, UTC.</param>
internal sealed record Captured(IReadOnlyList<CapturedDetail> Details, Callback? Callback, DateTimeOffset SaidAt);
