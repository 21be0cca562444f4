using System.Text.Json;
using Contacts.Tags;
using Messages;

namespace Contacts.Cards;

/// <summary>A contact's row with its identities, tags and activity, as one statement reads them.</summary>
internal sealed class CardRow
{
    public const string Select = """
        SELECT c.id, c.version, c.name, c.first_name, c.last_name, c.company, c.notes, c.language, c.time_zone, c.avatar, c.custom_fields, c.source,
               c.created_by, c.created_at, c.updated_at, c.merged_into, i.kinds, i.values, i.primaries, i.shared, t.tags, t.tag_keys,
               a.last_contact_at, coalesce(a.call_count, 0) AS call_count, coalesce(a.message_count, 0) AS message_count,
               coalesce(a.chat_count, 0) AS chat_count
        FROM contacts c
        CROSS JOIN LATERAL (
            SELECT coalesce(array_agg(kind ORDER BY kind, is_primary DESC, value), '{}') AS kinds,
                   coalesce(array_agg(value ORDER BY kind, is_primary DESC, value), '{}') AS values,
                   coalesce(array_agg(is_primary ORDER BY kind, is_primary DESC, value), '{}') AS primaries,
                   coalesce(array_agg(is_shared ORDER BY kind, is_primary DESC, value), '{}') AS shared
            FROM contact_identities
            WHERE workspace_id = c.workspace_id AND contact_id = c.id
        ) i
        CROSS JOIN LATERAL (
            SELECT coalesce(array_agg(t.name ORDER BY t.key), '{}') AS tags, coalesce(array_agg(t.key ORDER BY t.key), '{}') AS tag_keys
            FROM contact_tags ct JOIN tags t ON t.workspace_id = ct.workspace_id AND t.id = ct.tag_id
            WHERE ct.workspace_id = c.workspace_id AND ct.contact_id = c.id
        ) t
        LEFT JOIN contact_activity a ON a.workspace_id = c.workspace_id AND a.contact_id = c.id

        """;

    public Guid Id { get; init; }
    public long Version { get; init; }
    public string? Name { get; init; }
    public string? FirstName { get; init; }
    public string? LastName { get; init; }
    public string? Company { get; init; }
    public string? Notes { get; init; }
    public string? Language { get; init; }
    public string? TimeZone { get; init; }
    public string? Avatar { get; init; }
    public string? CustomFields { get; init; }
    public string Source { get; init; } = "";
    public string? CreatedBy { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset UpdatedAt { get; init; }
    public Guid? MergedInto { get; init; }
    public string[] Kinds { get; init; } = [];
    public string[] Values { get; init; } = [];
    public bool[] Primaries { get; init; } = [];
    public bool[] Shared { get; init; } = [];
    public string[] Tags { get; init; } = [];
    public string[] TagKeys { get; init; } = [];
    public DateTimeOffset? LastContactAt { get; init; }
    public int CallCount { get; init; }
    public int MessageCount { get; init; }
    public int ChatCount { get; init; }

    public Card ToCard() =>
        new()
        {
            Id = Id,
            Version = Version,
            State = new()
            {
                Name = new(Name, FirstName, LastName),
                Company = Company,
                Notes = Notes,
                Language = Language,
                TimeZone = TimeZone,
                Avatar = Avatar,
                CustomFields = CustomFields is null
                    ? ContactState.Empty.CustomFields
                    : ContactState.InOrder(JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(CustomFields)!),
                Identities = [.. Kinds.Select((kind, index) => new Identity(kind, Values[index], Primaries[index], Shared[index]))],
                Tags = [.. Tags.Select((text, index) => new TagName(text, TagKeys[index]))],
            },
            Source = Enum.Parse<ActorKind>(Source, ignoreCase: true),
            CreatedBy = CreatedBy,
            CreatedAt = CreatedAt,
            UpdatedAt = UpdatedAt,
            MergedInto = MergedInto,
            LastContactAt = LastContactAt,
            CallCount = CallCount,
            MessageCount = MessageCount,
            ChatCount = ChatCount,
        };
}
