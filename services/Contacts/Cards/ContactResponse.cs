using System.Text.Json;
using Messages;

namespace Contacts.Cards;

/// <summary>A contact.</summary>
public sealed record ContactResponse
{
    /// <summary>UUIDv7.</summary>
    public required Guid Id { get; init; }

    /// <summary>The primary phone, E.164; null where the contact is known by email or chat only.</summary>
    public string? Phone { get; init; }

    /// <summary>All phones, E.164, the primary one first.</summary>
    public required IReadOnlyList<string> Phones { get; init; }

    /// <summary>The full name; null while unknown.</summary>
    public string? Name { get; init; }
    public string? FirstName { get; init; }
    public string? LastName { get; init; }

    /// <summary>The primary email, lower case.</summary>
    public string? Email { get; init; }

    /// <summary>All emails, the primary one first.</summary>
    public required IReadOnlyList<string> Emails { get; init; }

    /// <summary>Ids in other systems, <c>hubspot:123</c>.</summary>
    public required IReadOnlyList<string> ExternalIds { get; init; }

    /// <summary>Ids of chat visitors who turned out to be this person.</summary>
    public required IReadOnlyList<string> ChatVisitors { get; init; }
    public string? Company { get; init; }
    public string? Notes { get; init; }

    /// <summary>
    /// Path of the contact's picture: the uploaded one (WebP), or one made of the initials (SVG). Its content never changes, so that it can be cached for good: with another
    /// picture or name the path is another. <c>?size=</c> takes 32, 64, 128, 256 or 512 pixels.
    /// </summary>
    /// <example>/v1/contacts/0198c0de-7e2a-7c3f-9a41-3f5d2b6c8e10/avatar/5f3a9c0e8d7b46a1b2c3d4e5f6071829</example>
    public required string AvatarUrl { get; init; }

    /// <summary>Preferred language, BCP 47 (<c>fr-CA</c>).</summary>
    public string? Language { get; init; }

    /// <summary>IANA time zone (<c>America/Vancouver</c>).</summary>
    public string? TimeZone { get; init; }

    /// <summary>Values of the workspace's custom fields by key; what is empty is absent.</summary>
    public required IReadOnlyDictionary<string, JsonElement> CustomFields { get; init; }

    /// <summary>Names of the tags, in alphabetical order.</summary>
    public required IReadOnlyList<string> Tags { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the card last changed. Calls and messages do not change the card.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>The latest call, message or chat; null before the first.</summary>
    public DateTimeOffset? LastContactAt { get; init; }
    public required int CallCount { get; init; }

    /// <summary>Texts in both directions.</summary>
    public required int MessageCount { get; init; }

    /// <summary>Chat messages in both directions.</summary>
    public required int ChatCount { get; init; }

    /// <summary>Who made the contact.</summary>
    public required ActorKind Source { get; init; }

    /// <summary>Counts the card's changes from 1; also the ETag.</summary>
    public required long Version { get; init; }
}
