using Contacts.Cards;
using Messages;

namespace Contacts.Suggestions;

/// <summary>A value that was captured and waits for somebody's decision, because the field has another that was not captured.</summary>
public sealed record SuggestionResponse
{
    /// <summary>UUIDv7.</summary>
    public required Guid Id { get; init; }
    public required Guid ContactId { get; init; }

    /// <summary>name, last_name, company, language, time_zone, phone or email.</summary>
    /// <example>company</example>
    public required string Field { get; init; }

    /// <summary>What is suggested.</summary>
    /// <example>Acme Corp</example>
    public required string Value { get; init; }

    /// <summary>What the contact has there now; of several phones or emails the primary one; null where it is empty.</summary>
    public string? Current { get; init; }
    public required SuggestionStatus Status { get; init; }

    /// <summary>Who or what captured it.</summary>
    public required ActorKind Source { get; init; }
    public required string Actor { get; init; }

    /// <summary>When it was last said.</summary>
    public required DateTimeOffset SaidAt { get; init; }

    /// <summary>The newest evidence.</summary>
    public Evidence? Evidence { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
}

public enum SuggestionStatus
{
    Open,
    Accepted,
    Rejected,
}
