using Contacts.Cards;
using Messages;

namespace Contacts.Merges;

/// <summary>Two contacts that were found to be one person.</summary>
public sealed record MergeResponse
{
    /// <summary>UUIDv7.</summary>
    public required Guid Id { get; init; }

    /// <summary>The contact that stayed.</summary>
    public required Guid SurvivorId { get; init; }

    /// <summary>The contact that became part of it. Its id redirects to the survivor until the merge is undone.</summary>
    public required Guid AbsorbedId { get; init; }
    public required DateTimeOffset MergedAt { get; init; }

    /// <summary>What kind of actor merged them.</summary>
    public required ActorKind Source { get; init; }

    /// <summary>Id of the actor who merged them.</summary>
    public required string MergedBy { get; init; }

    /// <summary>What the merge changed on the survivor.</summary>
    public required IReadOnlyList<FieldChange> Fields { get; init; }

    /// <summary>Null while the merge is in force.</summary>
    public DateTimeOffset? UndoneAt { get; init; }
    public ActorKind? UndoneSource { get; init; }
    public string? UndoneBy { get; init; }
}
