using System.Text.Json;
using System.Text.Json.Nodes;
using Contacts.Cards;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;
using ServiceDefaults.Authentication;
using ServiceDefaults.Json;
using ServiceDefaults.Postgres;

namespace Contacts.Exports;

/// <summary>Everything that is known of one contact (GDPR, Article 20). What was said with the contact is apart: its conversations.</summary>
/// <param name="Origin">Who or what made the contact, when, out of what.</param>
/// <param name="Provenance">By field: who or what set it since, when, and what shows it. What is not in here is as the contact was made.</param>
/// <param name="Identities">Phones, emails and other ids with their provenance.</param>
/// <param name="History">Every change of the card, oldest first: <c>{version, kind, source, actor, at, evidence, fields: [{field, before, after}]}</c>.</param>
/// <param name="Captures">What was said of the contact by people, forms and agents, and what became of it.</param>
/// <param name="Claims">Phones and emails that the contact gave and another contact has.</param>
/// <param name="Merges">With which contacts it was merged, when and by whom; also those that were undone.</param>
/// <param name="MergedContacts">Contacts that turned out to be this person, as they were when they were merged, with their history.</param>
public sealed record ContactExport(
    DateTimeOffset ExportedAt,
    ContactResponse Contact,
    JsonObject Origin,
    JsonObject Provenance,
    IReadOnlyList<JsonObject> Identities,
    IReadOnlyList<JsonObject> History,
    IReadOnlyList<JsonObject> Captures,
    IReadOnlyList<JsonObject> Claims,
    IReadOnlyList<JsonObject> Merges,
    IReadOnlyList<JsonObject> MergedContacts
);

internal static class ExportContact
{
    private const string ChangeJson = """
        jsonb_build_object('version', h.version, 'kind', h.kind, 'source', h.source, 'actor', h.actor_id, 'at', h.changed_at,
            'evidence', h.evidence, 'fields', h.fields)
        """;

    /// <summary>
    /// What the file has beside the card. Each reads a table that knows something of a contact, a JSON value in each row; a test sees to it that no such table is forgotten.
    /// </summary>
    public static readonly IReadOnlyList<Section> Sections =
    [
        new(
            "origin",
            "contacts",
            "SELECT jsonb_build_object('source', source, 'actor', created_by, 'at', created_at, 'evidence', evidence) FROM contacts WHERE id = $1",
            IsList: false
        ),
        new("provenance", "contacts", "SELECT coalesce(provenance, '{}') FROM contacts WHERE id = $1", IsList: false),
        new(
            "identities",
            "contact_identities",
            """
            SELECT jsonb_build_object('kind', kind, 'value', value, 'is_primary', is_primary, 'is_shared', is_shared, 'since', created_at, 'provenance', provenance)
            FROM contact_identities WHERE contact_id = $1 ORDER BY kind, is_primary DESC, value
            """
        ),
        new("history", "contact_changes", $"SELECT {ChangeJson} FROM contact_changes h WHERE h.contact_id = $1 ORDER BY h.version"),
        new(
            "captures",
            "captured_values",
            "SELECT to_jsonb(v) - '{workspace_id,contact_id,key}'::text[] FROM captured_values v WHERE contact_id = $1 ORDER BY first_said_at, id"
        ),
        new(
            "claims",
            "identity_claims",
            "SELECT to_jsonb(i) - '{workspace_id,contact_id,owner_id}'::text[] FROM identity_claims i WHERE contact_id = $1 ORDER BY kind, value"
        ),
        new(
            "merges",
            "merges",
            """
            SELECT jsonb_build_object('id', id, 'survivor_id', survivor_id, 'absorbed_id', absorbed_id, 'at', merged_at, 'source', source, 'actor', actor_id,
                'undone_at', undone_at, 'undone_by', undone_by)
            FROM merges WHERE survivor_id = $1 OR absorbed_id = $1 ORDER BY merged_at, id
            """
        ),
        new(
            "merged_contacts",
            "contacts",
            $$"""
            WITH RECURSIVE absorbed AS (
                SELECT * FROM contacts WHERE merged_into = $1
                UNION ALL
                SELECT c.* FROM absorbed a JOIN contacts c ON c.workspace_id = a.workspace_id AND c.merged_into = a.id
            )
            SELECT to_jsonb(a) - '{workspace_id,name_key,last_name_key}'::text[] || jsonb_build_object(
                'history', (SELECT coalesce(jsonb_agg({{ChangeJson}} ORDER BY h.version), '[]') FROM contact_changes h WHERE h.contact_id = a.id),
                'tags', (SELECT coalesce(jsonb_agg(t.name ORDER BY t.key), '[]') FROM contact_tags ct JOIN tags t ON t.id = ct.tag_id WHERE ct.contact_id = a.id))
            FROM absorbed a ORDER BY a.created_at, a.id
            """
        ),
    ];

    /// <summary>Export everything known of a contact</summary>
    /// <remarks>A JSON file for the person who asks what is kept. Large histories are streamed.</remarks>
    public static async Task<Results<PushStreamHttpResult, ProblemHttpResult>> HandleAsync(
        Guid id,
        UnitOfWork work,
        TimeProvider clock,
        CancellationToken cancellationToken
    )
    {
        var found = await Card.FindAsync(work, id, cancellationToken);
        return found.Card is { } card
            ? TypedResults.Stream(
                stream => WriteAsync(stream, work, card, clock.GetUtcNow(), cancellationToken),
                "application/json",
                fileDownloadName: $"contact-{id}.json"
            )
            : found.Problem!;
    }

    public static void MapExports(this WebApplication app) =>
        app.MapContactApi()
            .MapGet("/{id:guid}/export", HandleAsync)
            .RequireScope(Scopes.ContactsRead)
            .Produces<ContactExport>()
            .ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task WriteAsync(Stream stream, UnitOfWork work, Card card, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var json = new Utf8JsonWriter(stream);
        json.WriteStartObject();
        json.WriteString("exported_at", now);
        json.WritePropertyName("contact");
        // Serialize would flush, and not asynchronously.
        json.WriteRawValue(JsonSerializer.SerializeToUtf8Bytes(card.ToResponse(), ApiJson.Options));
        foreach (var section in Sections)
        {
            json.WritePropertyName(section.Name);
            await WriteSectionAsync(json, section, work, card.Id, cancellationToken);
        }
        json.WriteEndObject();
        await json.FlushAsync(cancellationToken);
    }

    private static async Task WriteSectionAsync(Utf8JsonWriter json, Section section, UnitOfWork work, Guid id, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(section.Sql, await work.ConnectionAsync(cancellationToken));
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = id });
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        if (section.IsList)
        {
            json.WriteStartArray();
        }
        while (await rows.ReadAsync(cancellationToken))
        {
            json.WriteRawValue(rows.GetString(0));
            await json.FlushAsync(cancellationToken);
        }
        if (section.IsList)
        {
            json.WriteEndArray();
        }
    }
}

/// <param name="Name">The member of <see cref="ContactExport"/>.</param>
/// <param name="Table">The table that it is the export of.</param>
/// <param name="Sql">Rows of one JSON value each; <c>$1</c> is the contact.</param>
/// <param name="IsList">Otherwise one row.</param>
internal sealed record Section(string Name, string Table, string Sql, bool IsList = true);
