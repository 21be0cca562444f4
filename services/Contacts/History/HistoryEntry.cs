using Contacts.Cards;
using Messages;

namespace Contacts.History;

/// <summary>Something that happened to a contact.</summary>
public sealed record HistoryEntry
{
    /// <summary>The contact's version after it; 1 is its creation.</summary>
    public required long Version { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>created, updated, captured, suggestion_accepted, reverted, merged, merge_undone, identity_moved, consent_changed or another act.</summary>
    /// <example>updated</example>
    public required string Kind { get; init; }

    /// <summary>What sort of actor did it.</summary>
    public required ActorKind Source { get; init; }

    /// <summary>The actor's id.</summary>
    public required string Actor { get; init; }

    /// <summary>What shows that it is right.</summary>
    public Evidence? Evidence { get; init; }

    /// <summary>What changed; empty for the creation.</summary>
    public required IReadOnlyList<FieldChange> Fields { get; init; }

    /// <summary>The same as a sentence.</summary>
    /// <example>Company changed from Acme to Acme Corp.</example>
    public required string Summary { get; init; }
}
