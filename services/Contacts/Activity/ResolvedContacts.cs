using System.Text.Json;
using Contacts.Cards;
using ServiceDefaults.Json;
using ServiceDefaults.Postgres;

namespace Contacts.Activity;

/// <summary>Whose visits these are. A contact stays locked against deletion until the transaction ends.</summary>
internal sealed class ResolvedContacts
{
    /// <summary>Each round resolves what another transaction created, or creates what another deleted, in the moment between two statements.</summary>
    private const int MaxRounds = 10;

    private readonly Dictionary<(string, string), Guid> _contacts = [];

    public HashSet<Guid> Created { get; } = [];

    public Guid ContactOf(Visit visit) => _contacts[(visit.Kind, visit.Value)];

    public static async Task<ResolvedContacts> ResolveAsync(
        UnitOfWork work,
        IReadOnlyList<Visit> visits,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var resolved = new ResolvedContacts();
        var missing = visits;
        for (var round = 0; round < MaxRounds; round++)
        {
            resolved.Take(await FindAsync(work, missing, cancellationToken));
            missing = resolved.Missing(missing);
            if (missing.Count == 0)
            {
                return resolved;
            }
            var created = await CreateAsync(work, missing, now, cancellationToken);
            resolved.Take(created);
            resolved.Created.UnionWith(created.Select(identity => identity.ContactId));
            missing = resolved.Missing(missing);
            if (missing.Count == 0)
            {
                return resolved;
            }
        }
        throw new TimeoutException("Contacts of this batch are being created and deleted over and over by others.");
    }

    private void Take(IReadOnlyList<FoundIdentity> found)
    {
        foreach (var identity in found)
        {
            _contacts[(identity.Kind, identity.Value)] = identity.ContactId;
        }
    }

    private IReadOnlyList<Visit> Missing(IReadOnlyList<Visit> visits) => [.. visits.Where(visit => !_contacts.ContainsKey((visit.Kind, visit.Value)))];

    private static Task<IReadOnlyList<FoundIdentity>> FindAsync(UnitOfWork work, IReadOnlyList<Visit> visits, CancellationToken cancellationToken) =>
        work.QueryAsync<FoundIdentity>(
            """
            SELECT i.kind, i.value, i.contact_id
            FROM unnest(@kinds, @values) AS wanted (kind, value)
            JOIN contact_identities i USING (kind, value)
            -- Whom a merge absorbed while this statement waited for it is found anew, as the survivor.
            JOIN contacts c ON c.id = i.contact_id AND c.merged_into IS NULL
            ORDER BY c.id
            FOR KEY SHARE OF c
            """,
            new { kinds = visits.Select(visit => visit.Kind).ToArray(), values = visits.Select(visit => visit.Value).ToArray() },
            cancellationToken
        );

    /// <returns>Those that nobody else created first; for the others this waits until the other has committed.</returns>
    private static Task<IReadOnlyList<FoundIdentity>> CreateAsync(
        UnitOfWork work,
        IReadOnlyList<Visit> visits,
        DateTimeOffset now,
        CancellationToken cancellationToken
    ) =>
        work.QueryAsync<FoundIdentity>(
            """
            WITH claimed AS (
                INSERT INTO contact_identities (workspace_id, kind, value, contact_id, is_primary, created_at)
                SELECT @WorkspaceId, kind, value, contact_id, true, @now
                FROM unnest(@kinds, @values, @contactIds) AS claimed (kind, value, contact_id)
                ORDER BY kind, value
                ON CONFLICT DO NOTHING
                RETURNING kind, value, contact_id
            ),
            made AS (
                INSERT INTO contacts (workspace_id, id, version, source, created_by, created_at, updated_at, evidence)
                SELECT @WorkspaceId, id, 1, 'system', 'system', @now, @now, evidence::jsonb
                FROM unnest(@contactIds, @evidence) AS person (id, evidence)
                WHERE id IN (SELECT contact_id FROM claimed)
            )
            SELECT kind, value, contact_id FROM claimed
            """,
            new
            {
                work.WorkspaceId,
                now,
                kinds = visits.Select(visit => visit.Kind).ToArray(),
                values = visits.Select(visit => visit.Value).ToArray(),
                contactIds = visits.Select(_ => Guid.CreateVersion7(now)).ToArray(),
                evidence = visits
                    .Select(visit => JsonSerializer.Serialize(new Evidence { ConversationId = visit.ConversationIds[0] }, ApiJson.Options))
                    .ToArray(),
            },
            cancellationToken
        );

    private sealed class FoundIdentity
    {
        public string Kind { get; init; } = "";
        public string Value { get; init; } = "";
        public Guid ContactId { get; init; }
    }
}
