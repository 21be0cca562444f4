using ServiceDefaults.Postgres;

namespace Contacts.Cards;

/// <summary>
/// Whoever gives an identity to a contact shares its lock, and looks under it for what is kept for that identity; whoever keeps something for an identity that no contact
/// has yet holds the lock alone, and looks under it whether one has it now. So nothing is kept that is never found. Locks are of one of 64 groups of identities in a
/// workspace: however large a batch is, it takes no more of them.
/// </summary>
internal static class IdentityLock
{
    public static Task ShareAsync(UnitOfWork work, IReadOnlyCollection<(string Kind, string Value)> identities, CancellationToken cancellationToken) =>
        TakeAsync(work, "pg_advisory_xact_lock_shared", identities, cancellationToken);

    public static Task HoldAsync(UnitOfWork work, IReadOnlyCollection<(string Kind, string Value)> identities, CancellationToken cancellationToken) =>
        TakeAsync(work, "pg_advisory_xact_lock", identities, cancellationToken);

    private static Task TakeAsync(
        UnitOfWork work,
        string function,
        IReadOnlyCollection<(string Kind, string Value)> identities,
        CancellationToken cancellationToken
    ) =>
        identities.Count == 0
            ? Task.CompletedTask
            : work.ExecuteAsync(
                $"""
                SELECT {function}(hashtext(@WorkspaceId::text), identity_group)
                FROM (
                    SELECT DISTINCT hashtext(kind || ':' || value) & 63 AS identity_group FROM unnest(@kinds, @values) AS identity (kind, value) ORDER BY 1
                ) AS groups
                """,
                new
                {
                    work.WorkspaceId,
                    kinds = identities.Select(one => one.Kind).ToArray(),
                    values = identities.Select(one => one.Value).ToArray(),
                },
                cancellationToken
            );
}
