using Microsoft.AspNetCore.Http.HttpResults;
using ServiceDefaults.Api;
using ServiceDefaults.Postgres;

namespace CommunicationsIngest.PhoneNumbers;

internal static class ListPhoneNumbers
{
    /// <summary>Lists the workspace's own numbers, in order of the number.</summary>
    /// <param name="limit">1 to 200, 50 where it is not given.</param>
    /// <param name="cursor">The next_cursor of the page before.</param>
    public static async Task<Ok<Page<PhoneNumberResponse>>> HandleAsync(
        UnitOfWork work,
        CancellationToken cancellationToken,
        [System.ComponentModel.DataAnnotations.Range(1, Page.MaxLimit)] int limit = Page.DefaultLimit,
        [System.ComponentModel.DataAnnotations.StringLength(16)] string? cursor = null
    )
    {
        var rows = await work.QueryAsync<PhoneNumberRow>(
            $"SELECT {PhoneNumberRow.Columns} FROM phone_numbers WHERE number > @after ORDER BY number LIMIT @limit + 1",
            new { limit, after = cursor ?? "" },
            cancellationToken
        );
        var page = rows.Take(limit).Select(row => row.ToResponse()).ToList();
        return TypedResults.Ok(new Page<PhoneNumberResponse>(page, rows.Count > limit ? page[^1].Number : null));
    }
}
