using Messages.Contacts;

namespace Messages.CommunicationsIngest;

/// <summary>A call began, a text or a chat message was stored.</summary>
public sealed record InteractionRecorded
{
    public required Guid InteractionId { get; init; }
    public required Guid ConversationId { get; init; }
    public required Channel Channel { get; init; }
    public required Direction Direction { get; init; }

    /// <summary>The person on the other side; null for a hidden caller, who gets a conversation and no contact.</summary>
    public Participant? Participant { get; init; }

    /// <summary>When it happened at the provider, UTC.</summary>
    public required DateTimeOffset At { get; init; }
}

/// <summary>The person on the other side, by a normalised identity.</summary>
/// <param name="Kind">Phone for calls and texts, chat visitor for chats.</param>
/// <param name="Value">E.164 for phones; the visitor's id for chats.</param>
/// <param name="Name">A name that the channel itself gives (a chat form, not a transcript); fills an empty name only.</param>
/// <param name="Email">An email that the channel itself gives.</param>
/// <param name="Phone">A phone, E.164, that the channel itself gives.</param>
public sealed record Participant(IdentityKind Kind, string Value, string? Name = null, string? Email = null, string? Phone = null);

public enum Channel
{
    Call,
    Text,
    Chat,
}

public enum Direction
{
    Inbound,
    Outbound,
}
