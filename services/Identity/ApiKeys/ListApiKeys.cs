using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using ServiceDefaults.Api;
using ServiceDefaults.Postgres;

namespace Identity.ApiKeys;

internal static class ListApiKeys
{
    /// <summary>The workspace's API keys that are not revoked, the oldest first.</summary>
    public static async Task<Ok<Page<ApiKeyResponse>>> HandleAsync(
        UnitOfWork work,
        CancellationToken cancellationToken,
        Cursor? cursor = null,
        [Range(1, Page.MaxLimit)] int limit = Page.DefaultLimit
    )
    {
        var rows = await work.QueryAsync<ApiKeyRow>(
            """
            SELECT id, name, hint, scopes, rate_limit, created_at, expires_at, last_used_at
            FROM api_keys
            WHERE revoked_at IS NULL AND (@at IS NULL OR (created_at, id) > (@at, @id))
            ORDER BY created_at, id
            LIMIT @limit + 1
            """,
            new
            {
                at = cursor?.At,
                id = cursor?.Id,
                limit,
            },
            cancellationToken
        );
        return TypedResults.Ok(Page.From<ApiKeyResponse>([.. rows.Select(row => row.ToResponse())], limit, key => new(key.CreatedAt, key.Id)));
    }
}
