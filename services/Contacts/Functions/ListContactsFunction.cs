using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Contacts.Cards;
using Contacts.Tags;
using Microsoft.AspNetCore.Http.HttpResults;
using ServiceDefaults.Api;
using ServiceDefaults.Postgres;
using ServiceDefaults.Problems;

namespace Contacts.Functions;

/// <summary>One page of contacts, newest first.</summary>
/// <param name="NextCursor">Pass it as <c>cursor</c> for the next page; null on the last one.</param>
public sealed record ContactsEnvelope(IReadOnlyList<ContactResponse> Contacts, string? NextCursor);

internal static class ListContactsFunction
{
    /// <summary>Counting pages means reading all rows before them, so it ends here; the cursor does not.</summary>
    private const int MaxRowsSkipped = 10_000;

    /// <summary>List contacts</summary>
    /// <remarks>
    /// Newest first, 50 to a page. Go on with <c>cursor</c>, or count pages with <c>page</c> within the first 10,000 contacts. <c>search</c> finds contacts whose full
    /// name, last name or email begins with the text, or whose phone begins or ends with its digits.
    /// </remarks>
    public static async Task<Results<Ok<ContactsEnvelope>, ProblemHttpResult>> HandleAsync(
        UnitOfWork work,
        CancellationToken cancellationToken,
        [Description("Beginning of a name or email, or digits a phone begins or ends with.")] [StringLength(100, MinimumLength = 2)] string? search = null,
        [Description("Only contacts with this tag, whatever its case.")] [StringLength(TagName.MaxLength)] string? tag = null,
        [Range(1, Page.MaxLimit)] int limit = Page.DefaultLimit,
        [Description("next_cursor of the page before; goes before page.")] Cursor? cursor = null,
        [Description("Number of the page, from 1.")] [Range(1, MaxRowsSkipped)] int page = 1
    )
    {
        var skipped = cursor is null ? (page - 1) * limit : 0;
        if (skipped > MaxRowsSkipped)
        {
            return Problem.Invalid("page", $"page: counting pages ends after {MaxRowsSkipped} contacts. Use cursor.");
        }
        var conditions = new List<string> { Card.Live };
        if (!string.IsNullOrWhiteSpace(search))
        {
            conditions.Add($"c.id IN ({ContactSearch.Hits})");
        }
        if (tag is not null)
        {
            conditions.Add("EXISTS (SELECT FROM contact_tags ct JOIN tags t ON t.id = ct.tag_id AND t.key = @TagKey WHERE ct.contact_id = c.id)");
        }
        if (cursor is not null)
        {
            conditions.Add("(c.created_at, c.id) < (@At, @Id)");
        }
        var terms = ContactSearch.Read(search);
        var cards = await Card.QueryAsync(
            work,
            $"WHERE {string.Join(" AND ", conditions)} ORDER BY c.created_at DESC, c.id DESC OFFSET @skipped LIMIT @rows",
            new
            {
                terms.Text,
                terms.TextEnd,
                terms.Digits,
                terms.DigitsEnd,
                terms.Reversed,
                terms.ReversedEnd,
                TagKey = TagName.TryParse(tag, out var name) ? name.Key : "",
                cursor?.At,
                cursor?.Id,
                skipped,
                rows = limit + 1,
            },
            cancellationToken
        );
        var found = Page.From(cards, limit, card => new(card.CreatedAt, card.Id));
        return TypedResults.Ok(new ContactsEnvelope([.. found.Data.Select(card => card.ToResponse())], found.NextCursor));
    }
}
