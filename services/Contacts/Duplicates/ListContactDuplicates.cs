using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Contacts.Cards;
using Microsoft.AspNetCore.Http.HttpResults;
using ServiceDefaults.Api;
using ServiceDefaults.Postgres;

namespace Contacts.Duplicates;

internal static class ListContactDuplicates
{
    /// <summary>List a contact's duplicates</summary>
    /// <remarks>Open pairs of this contact, the likeliest first.</remarks>
    public static async Task<Results<Ok<Page<DuplicateResponse>>, ProblemHttpResult>> HandleAsync(
        Guid id,
        UnitOfWork work,
        CancellationToken cancellationToken,
        [Description("Where to go on: next_cursor of the page before.")] Cursor? cursor = null,
        [Range(1, Page.MaxLimit)] int limit = Page.DefaultLimit
    )
    {
        var found = await Card.FindAsync(work, id, cancellationToken);
        return found.Problem is { } problem
            ? problem
            : TypedResults.Ok(await ListDuplicates.ReadAsync(work, ListDuplicates.Open, 0, id, cursor, limit, cancellationToken));
    }
}
