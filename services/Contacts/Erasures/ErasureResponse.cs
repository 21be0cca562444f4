using Messages;

namespace Contacts.Erasures;

/// <summary>That a person was erased: when, by whom, how much, and never who.</summary>
/// <param name="ContactId">The contact that is gone; null where a number or address was erased that no contact had.</param>
/// <param name="Identities">How many numbers, emails and other marks are refused since.</param>
/// <param name="State">pending until what was said is gone as well, recordings included; then done.</param>
/// <param name="Conversations">How many conversations were emptied; null while pending.</param>
public sealed record ErasureResponse(
    Guid Id,
    Guid? ContactId,
    ErasureReason? Reason,
    DateTimeOffset RequestedAt,
    Actor RequestedBy,
    int Identities,
    ErasureState State,
    int? Conversations,
    DateTimeOffset? CompletedAt
);

public enum ErasureState
{
    Pending,
    Done,
}

/// <summary>The grounds of the GDPR, Article 17 (1). No free text: it would name the person that is to be forgotten.</summary>
public enum ErasureReason
{
    PersonRequest,
    ConsentWithdrawn,
    NoLongerNeeded,
    UnlawfulProcessing,
    LegalObligation,
}

internal sealed class ErasureRow
{
    public const string Columns = "id, contact_id, reason, source, actor_id, requested_at, identities, conversations, completed_at";

    public Guid Id { get; init; }
    public Guid? ContactId { get; init; }
    public string? Reason { get; init; }
    public string Source { get; init; } = "";
    public string ActorId { get; init; } = "";
    public DateTimeOffset RequestedAt { get; init; }
    public int Identities { get; init; }
    public int? Conversations { get; init; }
    public DateTimeOffset? CompletedAt { get; init; }

    public ErasureResponse ToResponse() =>
        new(
            Id,
            ContactId,
            Reason is null ? null : Enum.Parse<ErasureReason>(Reason),
            RequestedAt,
            new(Enum.Parse<ActorKind>(Source, ignoreCase: true), ActorId),
            Identities,
            CompletedAt is null ? ErasureState.Pending : ErasureState.Done,
            Conversations,
            CompletedAt
        );
}
