using System.Text.Json;
using Contacts.Cards;
using Messages;
using ServiceDefaults.Postgres;

namespace Contacts.Merges;

/// <summary>A merge as it is stored.</summary>
internal sealed class MergeRow
{
    private const string Columns = """
        SELECT m.id, m.survivor_id, m.absorbed_id, m.merged_at, m.source, m.actor_id, m.survivor_version, m.survivor_before, m.survivor_after, m.absorbed, m.last_contact_at, m.added_tags,
               m.undone_at, m.undone_source, m.undone_by
        FROM merges m

        """;

    public Guid Id { get; init; }
    public Guid SurvivorId { get; init; }
    public Guid AbsorbedId { get; init; }
    public DateTimeOffset MergedAt { get; init; }
    public string Source { get; init; } = "";
    public string ActorId { get; init; } = "";

    /// <summary>The survivor's version before the merge.</summary>
    public long SurvivorVersion { get; init; }
    public string SurvivorBefore { get; init; } = "";
    public string SurvivorAfter { get; init; } = "";
    public string Absorbed { get; init; } = "";
    public DateTimeOffset? LastContactAt { get; init; }
    public Guid[] AddedTags { get; init; } = [];
    public DateTimeOffset? UndoneAt { get; init; }
    public string? UndoneSource { get; init; }
    public string? UndoneBy { get; init; }

    public static Task<IReadOnlyList<MergeRow>> QueryAsync(UnitOfWork work, string rest, object parameters, CancellationToken cancellationToken) =>
        work.QueryAsync<MergeRow>(Columns + rest, parameters, cancellationToken);

    public static async Task<MergeRow?> FindAsync(UnitOfWork work, Guid id, CancellationToken cancellationToken) =>
        (await QueryAsync(work, "WHERE m.id = @id", new { id }, cancellationToken)) is [var merge] ? merge : null;

    /// <summary>Keeps what it takes to undo the merge. Call it before the contacts change: it reads from their rows where each value came from.</summary>
    public static Task InsertAsync(
        UnitOfWork work,
        Guid id,
        MergePair pair,
        ContactState after,
        Actor actor,
        DateTimeOffset now,
        CancellationToken cancellationToken
    ) =>
        work.ExecuteAsync(
            """
            INSERT INTO merges (
                workspace_id, id, survivor_id, absorbed_id, merged_at, source, actor_id, survivor_version, survivor_before, survivor_after, absorbed, identities,
                provenance, last_contact_at, added_tags
            )
            SELECT @WorkspaceId, @id, s.id, @absorbedId, @now, @source, @actorId, s.version, @before::jsonb, @after::jsonb, @absorbed::jsonb,
                   (SELECT coalesce(jsonb_agg(jsonb_build_object('kind', i.kind, 'value', i.value, 'provenance', i.provenance, 'created_at', i.created_at)), '[]')
                    FROM contact_identities i WHERE i.contact_id = @absorbedId),
                   coalesce(s.provenance, '{}'),
                   (SELECT last_contact_at FROM contact_activity WHERE contact_id = s.id),
                   ARRAY(SELECT t.id FROM tags t WHERE t.key = ANY (@addedTags))
            FROM contacts s
            WHERE s.id = @survivorId
            """,
            new
            {
                work.WorkspaceId,
                id,
                survivorId = pair.Survivor.Id,
                absorbedId = pair.Absorbed.Id,
                now,
                source = actor.Kind.ToString().ToLowerInvariant(),
                actorId = actor.Id,
                before = JsonSerializer.Serialize(pair.Survivor.State),
                after = JsonSerializer.Serialize(after),
                absorbed = JsonSerializer.Serialize(pair.Absorbed.State),
                addedTags = after.Tags.Except(pair.Survivor.State.Tags).Select(tag => tag.Key).ToArray(),
            },
            cancellationToken
        );

    public ContactState ReadSurvivorBefore() => Read(SurvivorBefore);

    public ContactState ReadSurvivorAfter() => Read(SurvivorAfter);

    public ContactState ReadAbsorbed() => Read(Absorbed);

    public MergeResponse ToResponse() =>
        new()
        {
            Id = Id,
            SurvivorId = SurvivorId,
            AbsorbedId = AbsorbedId,
            MergedAt = MergedAt,
            Source = Enum.Parse<ActorKind>(Source, ignoreCase: true),
            MergedBy = ActorId,
            Fields = FieldChange.Between(ReadSurvivorBefore(), ReadSurvivorAfter()),
            UndoneAt = UndoneAt,
            UndoneSource = UndoneSource is null ? null : Enum.Parse<ActorKind>(UndoneSource, ignoreCase: true),
            UndoneBy = UndoneBy,
        };

    private static ContactState Read(string json) => JsonSerializer.Deserialize<ContactState>(json)!;
}
