using System.Text.Json;

namespace Messages.Contacts;

/// <summary>The whole of a contact, fat enough that a consumer needs no call back.</summary>
public sealed record ContactCard
{
    public required Guid Id { get; init; }

    /// <summary>Counts the contact's changes from 1; a consumer ignores what is older than what it has.</summary>
    public required long Version { get; init; }

    /// <summary>First and last name as one line; null while unknown.</summary>
    public string? Name { get; init; }
    public string? FirstName { get; init; }
    public string? LastName { get; init; }
    public string? Company { get; init; }
    public string? Notes { get; init; }

    /// <summary>Preferred language, BCP 47 (<c>fr-CA</c>).</summary>
    public string? Language { get; init; }

    /// <summary>IANA time zone (<c>America/Vancouver</c>).</summary>
    public string? TimeZone { get; init; }

    /// <summary>Values of the workspace's custom fields by key; what is empty is absent. Text, choice, link: string; date: string <c>yyyy-MM-dd</c>; multi-choice: array of strings.</summary>
    public IReadOnlyDictionary<string, JsonElement> CustomFields { get; init; } = new Dictionary<string, JsonElement>();

    /// <summary>Hash of an uploaded avatar; null for a generated one.</summary>
    public string? Avatar { get; init; }
    public required IReadOnlyList<ContactIdentity> Identities { get; init; }
    public required IReadOnlyList<string> Tags { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Who made the contact.</summary>
    public required ActorKind Source { get; init; }
}

/// <summary>
/// Something by which a contact is recognised, already normalised (phones E.164, emails lower case, ids in other systems <c>system:id</c>). Unique in its workspace.
/// </summary>
public sealed record ContactIdentity(IdentityKind Kind, string Value, bool IsPrimary);

public enum IdentityKind
{
    Phone,
    Email,
    ChatVisitor,
    External,
}
