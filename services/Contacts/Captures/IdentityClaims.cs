using System.Text.Json;
using Contacts.Cards;
using ServiceDefaults.Json;
using ServiceDefaults.Postgres;

namespace Contacts.Captures;

/// <summary>Phones and emails that a contact gave and another has: signs that the two may be one person. Anybody can say any number, so nothing moves by it.</summary>
internal static class IdentityClaims
{
    public static Task AddAsync(UnitOfWork work, IReadOnlyList<(CapturedValue Value, Guid OwnerId)> claims, CancellationToken cancellationToken) =>
        claims.Count == 0
            ? Task.CompletedTask
            : work.ExecuteAsync(
                """
                INSERT INTO identity_claims AS present (workspace_id, contact_id, kind, value, owner_id, evidence, claimed_at)
                SELECT @WorkspaceId, contact_id, kind, value, owner_id, evidence::jsonb, claimed_at
                FROM unnest(@contactIds, @kinds, @values, @ownerIds, @evidence, @times) AS claim (contact_id, kind, value, owner_id, evidence, claimed_at)
                -- The owner may have been deleted since it was looked up.
                WHERE EXISTS (SELECT FROM contacts c WHERE c.id = claim.owner_id)
                ORDER BY contact_id, kind, value
                ON CONFLICT (workspace_id, contact_id, kind, value) DO UPDATE
                SET owner_id = excluded.owner_id, evidence = excluded.evidence, claimed_at = excluded.claimed_at
                """,
                new
                {
                    work.WorkspaceId,
                    contactIds = claims.Select(claim => claim.Value.ContactId).ToArray(),
                    kinds = claims.Select(claim => claim.Value.Field).ToArray(),
                    values = claims.Select(claim => claim.Value.Value).ToArray(),
                    ownerIds = claims.Select(claim => claim.OwnerId).ToArray(),
                    evidence = claims
                        .Select(claim => claim.Value.ReadEvidence() is { } shown ? JsonSerializer.Serialize<Evidence>(shown, ApiJson.Options) : null)
                        .ToArray(),
                    times = claims.Select(claim => claim.Value.SaidAt).ToArray(),
                },
                cancellationToken
            );
}
