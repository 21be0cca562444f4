using Messages;
using Messages.Contacts;
using ServiceDefaults.Postgres;

namespace Contacts.Cards;

/// <summary>A contact as it is stored: the card and its activity.</summary>
internal sealed class Card
{
    public const string Select = """
        SELECT c.id, c.version, c.name, c.first_name, c.last_name, c.company, c.notes, c.source, c.created_at, c.updated_at,
               i.kinds, i.values, i.primaries,
               ARRAY(
                   SELECT t.name
                   FROM contact_tags ct JOIN tags t ON t.workspace_id = ct.workspace_id AND t.id = ct.tag_id
                   WHERE ct.workspace_id = c.workspace_id AND ct.contact_id = c.id
                   ORDER BY t.key
               ) AS tags,
               a.last_contact_at, coalesce(a.call_count, 0) AS call_count, coalesce(a.message_count, 0) AS message_count,
               coalesce(a.chat_count, 0) AS chat_count
        FROM contacts c
        CROSS JOIN LATERAL (
            SELECT coalesce(array_agg(kind ORDER BY kind, is_primary DESC, created_at, value), '{}') AS kinds,
                   coalesce(array_agg(value ORDER BY kind, is_primary DESC, created_at, value), '{}') AS values,
                   coalesce(array_agg(is_primary ORDER BY kind, is_primary DESC, created_at, value), '{}') AS primaries
            FROM contact_identities
            WHERE workspace_id = c.workspace_id AND contact_id = c.id
        ) i
        LEFT JOIN contact_activity a ON a.workspace_id = c.workspace_id AND a.contact_id = c.id

        """;

    /// <summary>Names of the card's fields as <see cref="ContactChanged.Changed"/> gives them.</summary>
    public static readonly IReadOnlyList<string> Fields = ["name", "first_name", "last_name", "company", "notes", "identities", "tags"];

    public Guid Id { get; init; }
    public long Version { get; init; }
    public string? Name { get; init; }
    public string? FirstName { get; init; }
    public string? LastName { get; init; }
    public string? Company { get; init; }
    public string? Notes { get; init; }
    public string Source { get; init; } = "";
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset UpdatedAt { get; init; }
    public string[] Kinds { get; init; } = [];
    public string[] Values { get; init; } = [];
    public bool[] Primaries { get; init; } = [];
    public string[] Tags { get; init; } = [];
    public DateTimeOffset? LastContactAt { get; init; }
    public int CallCount { get; init; }
    public int MessageCount { get; init; }
    public int ChatCount { get; init; }

    public IEnumerable<string> Phones => ValuesOf(IdentityKind.Phone);
    public IEnumerable<string> Emails => ValuesOf(IdentityKind.Email);

    public static Task<Card?> FindAsync(UnitOfWork work, Guid id, CancellationToken cancellationToken) =>
        work.FirstOrDefaultAsync<Card>(Select + "WHERE c.id = @id", new { id }, cancellationToken);

    public static Task<IReadOnlyList<Card>> FindAllAsync(UnitOfWork work, Guid[] ids, CancellationToken cancellationToken) =>
        work.QueryAsync<Card>(Select + "WHERE c.id = ANY (@ids) ORDER BY c.id", new { ids }, cancellationToken);

    public ContactCard ToMessage() =>
        new()
        {
            Id = Id,
            Version = Version,
            Name = Name,
            FirstName = FirstName,
            LastName = LastName,
            Company = Company,
            Notes = Notes,
            Identities = [.. Kinds.Select((kind, index) => new ContactIdentity(IdentityKinds.Parse(kind), Values[index], Primaries[index]))],
            Tags = Tags,
            CreatedAt = CreatedAt,
            UpdatedAt = UpdatedAt,
            Source = Enum.Parse<ActorKind>(Source, ignoreCase: true),
        };

    public ContactResponse ToResponse() =>
        new()
        {
            Id = Id,
            Phone = Phones.FirstOrDefault(),
            Phones = [.. Phones],
            Name = Name,
            FirstName = FirstName,
            LastName = LastName,
            Email = Emails.FirstOrDefault(),
            Emails = [.. Emails],
            Company = Company,
            Notes = Notes,
            Tags = Tags,
            CreatedAt = CreatedAt,
            UpdatedAt = UpdatedAt,
            LastContactAt = LastContactAt,
            CallCount = CallCount,
            MessageCount = MessageCount,
            ChatCount = ChatCount,
            Source = Enum.Parse<ActorKind>(Source, ignoreCase: true),
            Version = Version,
        };

    private IEnumerable<string> ValuesOf(IdentityKind kind) => Values.Where((_, index) => Kinds[index] == IdentityKinds.NameOf(kind));
}
