using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using ServiceDefaults.Api;
using ServiceDefaults.Postgres;

namespace Contacts.Suggestions;

internal static class ListSuggestions
{
    /// <summary>List suggestions</summary>
    /// <remarks>Newest first.</remarks>
    public static async Task<Ok<Page<SuggestionResponse>>> HandleAsync(
        UnitOfWork work,
        CancellationToken cancellationToken,
        [Description("Where to go on: next_cursor of the page before.")] Cursor? cursor = null,
        [Range(1, Page.MaxLimit)] int limit = Page.DefaultLimit,
        [Description("open, accepted or rejected.")] [AllowedValues("open", "accepted", "rejected")] string status = "open",
        [FromQuery(Name = "contact_id")] Guid? contactId = null,
        [Description("Only of this field.")] [StringLength(100)] string? field = null
    ) => TypedResults.Ok(await SuggestionPage.ReadAsync(work, status, contactId, field, cursor, limit, cancellationToken));
}
