using System.Security.Cryptography;
using System.Text;
using Contacts.Cards;
using ServiceDefaults.Postgres;

namespace Contacts.Erasures;

/// <summary>When a contact with this identity was deleted or erased.</summary>
internal sealed record Forgotten(DateTimeOffset At, bool IsErased);

/// <summary>
/// The identities of contacts that are gone, as HMAC-SHA-256 under <c>Erasure:Key</c>: without the key nobody can try numbers until one fits, and the workspace in it makes the
/// same number another hash for every business. Losing the key loses what was erased; it cannot be changed afterwards.
/// </summary>
internal sealed class ForgottenIdentities(IConfiguration configuration)
{
    private const int MinKeyLength = 32;

    private readonly byte[] _key = configuration["Erasure:Key"] is { Length: >= MinKeyLength } key
        ? Encoding.UTF8.GetBytes(key)
        : throw new InvalidOperationException(
            $"Erasure:Key is missing or short: set it to a secret of at least {MinKeyLength} characters, and keep it for good."
        );

    /// <param name="at">What happened until then does not bring the person back.</param>
    /// <param name="isErased">Only the person brings the identity back, by getting in touch.</param>
    public Task RememberAsync(
        UnitOfWork work,
        IReadOnlyCollection<(string Kind, string Value)> identities,
        DateTimeOffset at,
        bool isErased,
        CancellationToken cancellationToken
    ) =>
        identities.Count == 0
            ? Task.CompletedTask
            : work.ExecuteAsync(
                """
                INSERT INTO forgotten_identities AS f (workspace_id, hash, forgotten_at, is_erased)
                SELECT @WorkspaceId, hash, @at, @isErased FROM unnest(@hashes) AS gone (hash) ORDER BY hash
                ON CONFLICT (workspace_id, hash) DO UPDATE
                SET forgotten_at = greatest(f.forgotten_at, excluded.forgotten_at), is_erased = f.is_erased OR excluded.is_erased
                """,
                new
                {
                    work.WorkspaceId,
                    hashes = HashesOf(work, identities),
                    at,
                    isErased,
                },
                cancellationToken
            );

    /// <returns>Those of the identities that were deleted or erased.</returns>
    public async Task<IReadOnlyDictionary<(string Kind, string Value), Forgotten>> FindAsync(
        UnitOfWork work,
        IReadOnlyCollection<(string Kind, string Value)> identities,
        CancellationToken cancellationToken
    )
    {
        var hashes = HashesOf(work, identities);
        var found = (
            await work.QueryAsync<ForgottenRow>(
                "SELECT hash, forgotten_at, is_erased FROM forgotten_identities WHERE hash = ANY (@hashes)",
                new { hashes },
                cancellationToken
            )
        ).ToDictionary(row => Convert.ToHexString(row.Hash), row => new Forgotten(row.ForgottenAt, row.IsErased));
        return found.Count == 0
            ? new Dictionary<(string, string), Forgotten>()
            : identities
                .Zip(hashes, (identity, hash) => (Identity: identity, Forgotten: found.GetValueOrDefault(Convert.ToHexString(hash))))
                .Where(pair => pair.Forgotten is not null)
                .DistinctBy(pair => pair.Identity)
                .ToDictionary(pair => pair.Identity, pair => pair.Forgotten!);
    }

    /// <summary>
    /// Those that must not be given: their person was erased. Asked after they were written, in a statement of its own: whoever waited there for the erasure of the contact that
    /// had one sees it only now.
    /// </summary>
    public async Task<IReadOnlyList<RefusedIdentity>> RefuseAsync(UnitOfWork work, IReadOnlyList<GainedIdentity> given, CancellationToken cancellationToken)
    {
        var forgotten = await FindAsync(work, [.. given.Select(one => (one.Identity.Kind, one.Identity.Value))], cancellationToken);
        return
        [
            .. given
                .Where(one => forgotten.GetValueOrDefault((one.Identity.Kind, one.Identity.Value)) is { IsErased: true })
                .Select(one => new RefusedIdentity(one.ContactId, one.Identity.Kind, one.Identity.Value, null, RefusalReason.Erased)),
        ];
    }

    /// <summary>Their person is back.</summary>
    public Task WelcomeAsync(UnitOfWork work, IReadOnlyCollection<(string Kind, string Value)> identities, CancellationToken cancellationToken) =>
        identities.Count == 0
            ? Task.CompletedTask
            : work.ExecuteAsync("DELETE FROM forgotten_identities WHERE hash = ANY (@hashes)", new { hashes = HashesOf(work, identities) }, cancellationToken);

    private byte[][] HashesOf(UnitOfWork work, IReadOnlyCollection<(string Kind, string Value)> identities) =>
        [.. identities.Select(identity => HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes($"{work.WorkspaceId:D}\0{identity.Kind}\0{identity.Value}")))];

    private sealed class ForgottenRow
    {
        public byte[] Hash { get; init; } = [];
        public DateTimeOffset ForgottenAt { get; init; }
        public bool IsErased { get; init; }
    }
}
