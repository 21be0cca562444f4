using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using ServiceDefaults.Api;
using ServiceDefaults.Postgres;

namespace Identity.Members;

internal static class ListMembers
{
    /// <summary>The workspace's members, the oldest membership first.</summary>
    public static async Task<Ok<Page<MemberResponse>>> HandleAsync(
        UnitOfWork work,
        CancellationToken cancellationToken,
        Cursor? cursor = null,
        [Range(1, Page.MaxLimit)] int limit = Page.DefaultLimit
    )
    {
        var rows = await work.QueryAsync<MemberRow>(
            """
            SELECT m.user_id, u.email, u.name, m.role, m.created_at
            FROM members m JOIN users u ON u.id = m.user_id
            WHERE @at IS NULL OR (m.created_at, m.user_id) > (@at, @id)
            ORDER BY m.created_at, m.user_id
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
        return TypedResults.Ok(Page.From<MemberResponse>([.. rows.Select(row => row.ToResponse())], limit, member => new(member.CreatedAt, member.UserId)));
    }
}
