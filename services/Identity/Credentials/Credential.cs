using Dapper;
using Identity.ApiKeys;
using Identity.Sessions;
using Npgsql;

namespace Identity.Credentials;

/// <summary>A key or session that is valid now.</summary>
internal sealed class Credential
{
    public Guid CredentialId { get; init; }
    public Guid ActorId { get; init; }
    public Guid? WorkspaceId { get; init; }
    public string? Role { get; init; }
    public string[]? Scopes { get; init; }
    public int? RateLimit { get; init; }
    public DateTimeOffset? ExpiresAt { get; init; }
    public string ActorKind { get; private set; } = "";

    /// <summary>One indexed look-up by hash; none for what cannot be a credential.</summary>
    /// <returns>null where it is unknown, malformed, expired or revoked.</returns>
    public static Task<Credential?> ResolveAsync(string text, NpgsqlDataSource dataSource, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (ApiKeyFormat.IsWellFormed(text))
        {
            return QueryAsync("api", "SELECT * FROM resolve_api_key(@hash, @now)", new { hash = CredentialHash.Of(text), now });
        }
        if (SessionToken.IsWellFormed(text))
        {
            return QueryAsync(
                "person",
                "SELECT * FROM resolve_session(@hash, @now, @Life)",
                new
                {
                    hash = CredentialHash.Of(text),
                    now,
                    SessionToken.Life,
                }
            );
        }
        return Task.FromResult<Credential?>(null);

        async Task<Credential?> QueryAsync(string actorKind, string sql, object parameters)
        {
            await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
            var credential = await connection.QueryFirstOrDefaultAsync<Credential>(
                new CommandDefinition(sql, parameters, cancellationToken: cancellationToken)
            );
            credential?.ActorKind = actorKind;
            return credential;
        }
    }
}
