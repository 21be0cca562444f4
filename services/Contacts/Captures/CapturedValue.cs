using System.Text.Json;
using Contacts.Cards;
using Messages;
using ServiceDefaults.Json;

namespace Contacts.Captures;

/// <summary>A value that was said of a contact's field, and what became of it.</summary>
internal sealed record CapturedValue
{
    /// <summary>It waits as a suggestion.</summary>
    public const string Open = "open";
    public const string Accepted = "accepted";
    public const string Rejected = "rejected";

    /// <summary>The contact has it, or had it, or a later one took its place.</summary>
    public const string Closed = "closed";

    public Guid Id { get; init; }
    public Guid ContactId { get; init; }
    public string Field { get; init; } = "";
    public string Key { get; init; } = "";
    public string Value { get; init; } = "";
    public string Status { get; init; } = Closed;
    public bool IsForm { get; init; }
    public string Source { get; init; } = "";
    public string ActorId { get; init; } = "";
    public DateTimeOffset FirstSaidAt { get; init; }
    public DateTimeOffset SaidAt { get; init; }
    public string? Evidence { get; init; }
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>Said for the first time just now.</summary>
    public bool IsNew { get; init; }

    public Evidence? ReadEvidence() => Evidence is null ? null : JsonSerializer.Deserialize<Evidence>(Evidence, ApiJson.Options);

    public Origin Origin =>
        new(new(Enum.Parse<ActorKind>(Source, ignoreCase: true), ActorId), ChangeKinds.Captured, ReadEvidence(), IsForm ? FirstSaidAt : SaidAt);
}
