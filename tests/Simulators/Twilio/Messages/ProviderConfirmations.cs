using System.Collections.Concurrent;

namespace Simulators.Twilio.Messages;

/// <summary>A text that the provider itself sent to a person in answer to a keyword. The system never hears of it.</summary>
public sealed record ProviderConfirmation(string From, string To, string Body);

internal sealed class ProviderConfirmations
{
    private readonly ConcurrentQueue<ProviderConfirmation> sent = new();

    public void Add(string from, string to, string body) => sent.Enqueue(new ProviderConfirmation(from, to, body));

    public IReadOnlyList<ProviderConfirmation> All() => [.. sent];
}
