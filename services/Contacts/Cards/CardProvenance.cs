using System.Text.Json;
using ServiceDefaults.Json;
using ServiceDefaults.Postgres;

namespace Contacts.Cards;

/// <summary>Where each value of a contact comes from: how the contact was made, unless the field or the identity was set since.</summary>
internal sealed class CardProvenance(
    FieldProvenance made,
    IReadOnlyDictionary<string, FieldProvenance> fields,
    IReadOnlyDictionary<(string Kind, string Value), FieldProvenance> identities
)
{
    /// <summary>How the contact was made.</summary>
    public FieldProvenance Made => made;

    public FieldProvenance Of(string field) => fields.GetValueOrDefault(field, made);

    public FieldProvenance Of(Identity identity) => identities.GetValueOrDefault((identity.Kind, identity.Value), made);

    /// <summary>Whether the field was changed, if only to be cleared, after the contact was made.</summary>
    public bool WasChanged(string field) => fields.ContainsKey(field);

    public static async Task<IReadOnlyDictionary<Guid, CardProvenance>> ReadAsync(UnitOfWork work, Guid[] contactIds, CancellationToken cancellationToken)
    {
        var contacts = await work.QueryAsync<ContactRow>(
            "SELECT id, source, created_by, created_at, evidence::text AS evidence, provenance::text AS provenance FROM contacts WHERE id = ANY (@contactIds)",
            new { contactIds },
            cancellationToken
        );
        var identities = (
            await work.QueryAsync<IdentityRow>(
                "SELECT contact_id, kind, value, provenance::text AS provenance FROM contact_identities WHERE contact_id = ANY (@contactIds) AND provenance IS NOT NULL",
                new { contactIds },
                cancellationToken
            )
        ).ToLookup(identity => identity.ContactId);
        return contacts.ToDictionary(
            contact => contact.Id,
            contact => new CardProvenance(
                new(contact.Source, contact.CreatedBy ?? contact.Source, contact.CreatedAt, Read<Evidence>(contact.Evidence)),
                Read<Dictionary<string, FieldProvenance>>(contact.Provenance) ?? [],
                identities[contact.Id].ToDictionary(identity => (identity.Kind, identity.Value), identity => Read<FieldProvenance>(identity.Provenance)!)
            )
        );
    }

    private static T? Read<T>(string? json)
        where T : class => json is null ? null : JsonSerializer.Deserialize<T>(json, ApiJson.Options);

    private sealed class ContactRow
    {
        public Guid Id { get; init; }
        public string Source { get; init; } = "";
        public string? CreatedBy { get; init; }
        public DateTimeOffset CreatedAt { get; init; }
        public string? Evidence { get; init; }
        public string? Provenance { get; init; }
    }

    private sealed class IdentityRow
    {
        public Guid ContactId { get; init; }
        public string Kind { get; init; } = "";
        public string Value { get; init; } = "";
        public string? Provenance { get; init; }
    }
}
