using Identity.Credentials;
using ServiceDefaults.Postgres;

namespace Identity.ApiKeys;

/// <summary>A key as it is stored.</summary>
internal sealed class ApiKeyRow
{
    public Guid Id { get; init; }
    public string Name { get; init; } = "";
    public string Hint { get; init; } = "";
    public string[] Scopes { get; init; } = [];
    public int? RateLimit { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? ExpiresAt { get; init; }
    public DateTimeOffset? LastUsedAt { get; init; }

    public ApiKeyResponse ToResponse() =>
        new()
        {
            Id = Id,
            Name = Name,
            Hint = Hint,
            Scopes = Scopes,
            RateLimit = RateLimit,
            CreatedAt = CreatedAt,
            ExpiresAt = ExpiresAt,
            LastUsedAt = LastUsedAt,
        };

    public static string HintOf(string key) => $"{ApiKeyFormat.Prefix}…{key[^4..]}";

    public Task<int> InsertAsync(UnitOfWork work, string key, string createdBy, CancellationToken cancellationToken) =>
        work.ExecuteAsync(
            """
            INSERT INTO api_keys (workspace_id, id, key_hash, hint, name, scopes, rate_limit, created_by, created_at, expires_at)
            VALUES (@WorkspaceId, @Id, @hash, @Hint, @Name, @Scopes, @RateLimit, @createdBy, @CreatedAt, @ExpiresAt)
            """,
            new
            {
                work.WorkspaceId,
                Id,
                hash = CredentialHash.Of(key),
                Hint,
                Name,
                Scopes,
                RateLimit,
                createdBy,
                CreatedAt,
                ExpiresAt,
            },
            cancellationToken
        );
}
