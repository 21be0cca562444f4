using CommunicationsIngest.Capture;

namespace CommunicationsIngest.Summaries;

/// <summary>Reads by rule: offline, and the same of the same.</summary>
internal sealed class RuleReader : IConversationReader
{
    public Task<Reading> ReadAsync(IReadOnlyList<Utterance> conversation, string country, CancellationToken cancellationToken) =>
        Task.FromResult(new Reading(CaptureRules.Read(conversation, country), Extract.Of(conversation), SummarySource.Rules));
}
