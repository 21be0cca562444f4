using System.Text.Json;
using Contacts.Cards;
using ServiceDefaults.Json;
using ServiceDefaults.Postgres;

namespace Contacts.History;

/// <summary>A change of a contact as it is stored.</summary>
internal sealed class ChangeRow
{
    public const string Select = """
        SELECT version, kind, source, actor_id, changed_at, evidence::text AS evidence, fields::text AS fields
        FROM contact_changes

        """;

    public long Version { get; init; }
    public string Kind { get; init; } = "";
    public string Source { get; init; } = "";
    public string ActorId { get; init; } = "";
    public DateTimeOffset ChangedAt { get; init; }
    public string? Evidence { get; init; }
    public string Fields { get; init; } = "[]";

    public IReadOnlyList<FieldChange> ReadFields() => JsonSerializer.Deserialize<List<FieldChange>>(Fields, ApiJson.Options)!;

    public Evidence? ReadEvidence() => Evidence is null ? null : JsonSerializer.Deserialize<Evidence>(Evidence, ApiJson.Options);

    public static Task<ChangeRow?> FindAsync(UnitOfWork work, Guid contactId, long version, CancellationToken cancellationToken) =>
        work.FirstOrDefaultAsync<ChangeRow>(Select + "WHERE contact_id = @contactId AND version = @version", new { contactId, version }, cancellationToken);
}
