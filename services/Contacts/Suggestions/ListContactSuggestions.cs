using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Contacts.Cards;
using Microsoft.AspNetCore.Http.HttpResults;
using ServiceDefaults.Api;
using ServiceDefaults.Postgres;

namespace Contacts.Suggestions;

internal static class ListContactSuggestions
{
    /// <summary>List a contact's suggestions</summary>
    /// <remarks>Newest first.</remarks>
    public static async Task<Results<Ok<Page<SuggestionResponse>>, ProblemHttpResult>> HandleAsync(
        Guid id,
        UnitOfWork work,
        CancellationToken cancellationToken,
        [Description("Where to go on: next_cursor of the page before.")] Cursor? cursor = null,
        [Range(1, Page.MaxLimit)] int limit = Page.DefaultLimit,
        [Description("open, accepted or rejected.")] [AllowedValues("open", "accepted", "rejected")] string status = "open"
    )
    {
        var found = await Card.FindAsync(work, id, cancellationToken);
        return found.Card is null ? found.Problem! : TypedResults.Ok(await SuggestionPage.ReadAsync(work, status, id, null, cursor, limit, cancellationToken));
    }
}
