using Messages;
using Messages.CommunicationsIngest;

namespace CommunicationsIngest.Consent;

/// <summary>One line of the ledger.</summary>
/// <param name="Covers">Messages or calls, not both.</param>
/// <param name="Sender">The one of our numbers that it is about; empty: the whole workspace.</param>
/// <param name="Channel">Where it was said; null: not in a conversation of ours.</param>
/// <param name="At">When the person said so, UTC.</param>
internal sealed record ConsentEntry(
    ConsentIdentity Identity,
    Coverage Covers,
    ConsentState State,
    string Sender,
    Channel? Channel,
    ConsentSource Source,
    Guid? MessageId,
    string? Quote,
    Actor Actor,
    DateTimeOffset At
);

public enum ConsentState
{
    OptedOut,
    OptedIn,
}

/// <summary>How it became known: a keyword; a sentence; a member or a key of the workspace; the tag Do Not Call; a file; the provider.</summary>
public enum ConsentSource
{
    Keyword,
    Inferred,
    Manual,
    Tag,
    Import,
    Provider,
}
