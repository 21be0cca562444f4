using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using SearchIndexer.Engines;
using SearchIndexer.Terms;
using ServiceDefaults.Api;
using ServiceDefaults.Authentication;
using ServiceDefaults.Postgres;

namespace SearchIndexer.Contacts;

internal static class SearchContacts
{
    public static void MapSearchContacts(this RouteGroupBuilder contacts) =>
        contacts.MapGet("/search", HandleAsync).RequireScope(Scopes.ContactsRead).WithName("SearchContacts");

    /// <summary>Find contacts</summary>
    /// <remarks>
    /// Every word of `q` must begin a word of the contact's name, email, company or notes, in any order, whatever the accents and the case. Digits find phones: whole, by
    /// their beginning (with or without country code), or by their last digits (at least 3), in any format. Newest contact first. A change is found within about a second.
    /// </remarks>
    public static async Task<Ok<Page<FoundContact>>> HandleAsync(
        UnitOfWork work,
        ISearchEngine engine,
        CancellationToken cancellationToken,
        [StringLength(SearchText.MaxLength)]
        [Description("What to find, at most 500 characters. Empty lists everybody. Punctuation is ignored, and so is what comes after 16 words.")]
            string? q = null,
        [Range(1, Page.MaxLimit)] [Description("Rows per page, 1 to 200.")] int limit = Page.DefaultLimit,
        [Description("The `next_cursor` of the page before.")] Cursor? cursor = null
    )
    {
        var hits = await engine.FindAsync(work, SearchText.Parse(q), cursor, limit + 1, cancellationToken);
        var page = Page.From(hits, limit, hit => hit.Cursor);
        return TypedResults.Ok(new Page<FoundContact>([.. page.Data.Select(FoundContact.From)], page.NextCursor));
    }
}
