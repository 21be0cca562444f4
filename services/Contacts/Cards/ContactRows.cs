using System.Text.Json;
using ServiceDefaults.Json;
using ServiceDefaults.Postgres;

namespace Contacts.Cards;

/// <summary>Rows of contacts and of their history.</summary>
internal static class ContactRows
{
    public static Task InsertAsync(UnitOfWork work, IReadOnlyList<Card> cards, IReadOnlyList<Evidence?> evidence, CancellationToken cancellationToken) =>
        work.ExecuteAsync(
            """
            INSERT INTO contacts (
                workspace_id, id, version, name, first_name, last_name, company, notes, language, time_zone, avatar, custom_fields, source, created_by,
                created_at, updated_at, evidence, name_key, last_name_key
            )
            SELECT @WorkspaceId, id, version, name, first_name, last_name, company, notes, language, time_zone, avatar, custom_fields::jsonb, source, created_by,
                   at, at, evidence::jsonb, name_key, last_name_key
            FROM unnest(
                @Ids, @Versions, @Names, @FirstNames, @LastNames, @Companies, @Notes, @Languages, @TimeZones, @Avatars, @CustomFields, @sources, @actors, @Times,
                @evidence, @NameKeys, @LastNameKeys
            ) AS card (
                id, version, name, first_name, last_name, company, notes, language, time_zone, avatar, custom_fields, source, created_by, at, evidence, name_key,
                last_name_key
            )
            """,
            Columns(work, cards)
                .And("sources", cards.Select(card => card.Source.ToString().ToLowerInvariant()).ToArray())
                .And("actors", cards.Select(card => card.CreatedBy).ToArray())
                .And("evidence", evidence.Select(ToJson).ToArray()),
            cancellationToken
        );

    public static Task UpdateAsync(UnitOfWork work, IReadOnlyList<Step> steps, CancellationToken cancellationToken) =>
        work.ExecuteAsync(
            """
            WITH card AS (
                SELECT *
                FROM unnest(
                    @Ids, @Versions, @Names, @FirstNames, @LastNames, @Companies, @Notes, @Languages, @TimeZones, @Avatars, @CustomFields, @Times, @NameKeys,
                    @LastNameKeys, @mergedInto, @kinds, @sources, @actors, @evidence, @fields, @provenance
                ) AS card (
                    id, version, name, first_name, last_name, company, notes, language, time_zone, avatar, custom_fields, at, name_key, last_name_key, merged_into, kind,
                    source, actor_id, evidence, fields, provenance
                )
            ),
            updated AS (
                UPDATE contacts c
                SET version = card.version, name = card.name, first_name = card.first_name, last_name = card.last_name, company = card.company, notes = card.notes,
                    language = card.language, time_zone = card.time_zone, avatar = card.avatar, custom_fields = card.custom_fields::jsonb, updated_at = card.at,
                    name_key = card.name_key, last_name_key = card.last_name_key, merged_into = card.merged_into,
                    provenance = coalesce(c.provenance, '{}') || card.provenance::jsonb
                FROM card
                WHERE c.id = card.id
            )
            INSERT INTO contact_changes (workspace_id, contact_id, version, kind, source, actor_id, changed_at, evidence, fields)
            SELECT @WorkspaceId, id, version, kind, source, actor_id, at, evidence::jsonb, fields::jsonb FROM card
            WHERE version > 1
            """,
            Columns(work, [.. steps.Select(step => step.After)])
                .And("mergedInto", steps.Select(step => step.After.MergedInto).ToArray())
                .And("kinds", steps.Select(step => step.Origin.Kind).ToArray())
                .And("sources", steps.Select(step => step.Origin.Source).ToArray())
                .And("actors", steps.Select(step => step.Origin.Actor.Id).ToArray())
                .And("evidence", steps.Select(step => ToJson(step.Origin.Evidence)).ToArray())
                .And("fields", steps.Select(step => JsonSerializer.Serialize(step.Fields, ApiJson.Options)).ToArray())
                .And("provenance", steps.Select(step => step.Provenance).ToArray()),
            cancellationToken
        );

    private static Dapper.DynamicParameters Columns(UnitOfWork work, IReadOnlyList<Card> cards) =>
        new(
            new
            {
                work.WorkspaceId,
                Ids = cards.Select(card => card.Id).ToArray(),
                Versions = cards.Select(card => card.Version).ToArray(),
                Names = cards.Select(card => card.State.Name.Full).ToArray(),
                FirstNames = cards.Select(card => card.State.Name.First).ToArray(),
                LastNames = cards.Select(card => card.State.Name.Last).ToArray(),
                Companies = cards.Select(card => card.State.Company).ToArray(),
                Notes = cards.Select(card => card.State.Notes).ToArray(),
                Languages = cards.Select(card => card.State.Language).ToArray(),
                TimeZones = cards.Select(card => card.State.TimeZone).ToArray(),
                Avatars = cards.Select(card => card.State.Avatar).ToArray(),
                CustomFields = cards.Select(card => card.State.CustomFields.Count == 0 ? null : JsonSerializer.Serialize(card.State.CustomFields)).ToArray(),
                Times = cards.Select(card => card.UpdatedAt).ToArray(),
                NameKeys = cards.Select(card => SearchKey.Of(card.State.Name.Full)).ToArray(),
                LastNameKeys = cards.Select(card => SearchKey.Of(card.State.Name.Last)).ToArray(),
            }
        );

    private static Dapper.DynamicParameters And(this Dapper.DynamicParameters parameters, string name, object value)
    {
        parameters.Add(name, value);
        return parameters;
    }

    private static string? ToJson(Evidence? evidence) => evidence is null ? null : JsonSerializer.Serialize(evidence, ApiJson.Options);
}
