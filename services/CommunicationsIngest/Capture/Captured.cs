using Messages.CommunicationsIngest;

namespace CommunicationsIngest.Capture;

/// <summary>What a person said of himself.</summary>
/// <param name="Details">At most 20.</param>
internal sealed record Captured(IReadOnlyList<CapturedDetail> Details, Callback? Callback)
{
    public bool IsNothing => Details.Count == 0 && Callback is null;
}
