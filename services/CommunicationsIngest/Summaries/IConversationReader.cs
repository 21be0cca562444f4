using CommunicationsIngest.Capture;

namespace CommunicationsIngest.Summaries;

/// <summary>Makes of a conversation its summary and what the person said of himself. Two engines: rules, and a language model whose word the rules verify.</summary>
internal interface IConversationReader
{
    /// <param name="conversation">In order; may be empty.</param>
    /// <param name="country">In whose way phone numbers are read; ISO 3166-1 alpha-2.</param>
    Task<Reading> ReadAsync(IReadOnlyList<Utterance> conversation, string country, CancellationToken cancellationToken);
}

/// <param name="Summary">At most 400 characters; null where nothing was said that sums up.</param>
internal sealed record Reading(Captured Captured, string? Summary, SummarySource Source);

/// <summary>What made a summary: rules, which only choose among the sentences that were said, or a model, which writes its own.</summary>
public enum SummarySource
{
    Rules,
    Model,
}
