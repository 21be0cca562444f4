using ServiceDefaults.Postgres;

namespace CommunicationsIngest.Consent;

/// <summary>
/// One at a time for a person's number until the transaction's end: who writes down a refusal waits for a text that is on its way to the provider, and a text waits for a
/// refusal that is being written down. So nothing leaves after a refusal was acknowledged. Taken before any row, in one order, so that two never wait for each other.
/// </summary>
internal static class ConsentLock
{
    private const string Key = "hashtextextended(@WorkspaceId::text || identity, 0)";

    public static Task HoldAsync(UnitOfWork work, IEnumerable<ConsentIdentity> identities, CancellationToken cancellationToken) =>
        work.ExecuteAsync(
            $"SELECT pg_advisory_xact_lock(key) FROM (SELECT DISTINCT {Key} AS key FROM unnest(@identities) AS i (identity) ORDER BY 1) AS keys",
            new { work.WorkspaceId, identities = identities.Select(Name).ToArray() },
            cancellationToken
        );

    /// <returns>False where another holds it.</returns>
    public static Task<bool> TryHoldAsync(UnitOfWork work, ConsentIdentity identity, CancellationToken cancellationToken) =>
        work.SingleAsync<bool>(
            $"SELECT pg_try_advisory_xact_lock({Key}) FROM (VALUES (@identity)) AS i (identity)",
            new { work.WorkspaceId, identity = Name(identity) },
            cancellationToken
        );

    private static string Name(ConsentIdentity identity) => $"{identity.KindName} {identity.Value}";
}
