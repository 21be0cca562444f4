using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Contacts.CustomFields;
using Contacts.Tags;
using Contacts.Workspaces;
using Dapper;
using Identifiers;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using ServiceDefaults.Api;
using ServiceDefaults.Postgres;

namespace Contacts.Cards;

internal static class ListContacts
{
    /// <summary>List contacts</summary>
    /// <remarks>
    /// Newest first. With <c>updated_since</c>, in the order in which they changed, for keeping a copy up to date: begin the next round a minute before the last
    /// <c>updated_at</c> that was seen, because changes that were under way at the same moment may have become visible a little later.
    /// </remarks>
    public static async Task<Results<Ok<Page<ContactResponse>>, ProblemHttpResult>> HandleAsync(
        UnitOfWork work,
        TimeProvider clock,
        CancellationToken cancellationToken,
        [Description("Where to go on: next_cursor of the page before.")] Cursor? cursor = null,
        [Range(1, Page.MaxLimit)] int limit = Page.DefaultLimit,
        [FromQuery(Name = "updated_since")]
        [Description("Only contacts whose card changed at or after this time (RFC 3339).")]
            DateTimeOffset? updatedSince = null,
        [Description("Only the contact with this phone, E.164 or as it is dialled in the workspace's country.")] [StringLength(50)] string? phone = null,
        [Description("Only the contact with this email.")] [StringLength(320)] string? email = null,
        [Description("Only contacts with this tag, whatever its case.")] [StringLength(TagName.MaxLength)] string? tag = null,
        [FromQuery(Name = "custom_field")]
        [Description("Key of a custom field: only contacts that have a value of it, or, with value, min or max, such a value.")]
        [StringLength(FieldKey.MaxLength)]
            string? customField = null,
        [Description("Only contacts whose custom_field is this, whatever its case; of several choices, contains it.")]
        [StringLength(FieldValue.MaxText)]
            string? value = null,
        [Description("Only contacts whose custom_field, a number or a date, is this or more.")] [StringLength(100)] string? min = null,
        [Description("Only contacts whose custom_field, a number or a date, is this or less.")] [StringLength(100)] string? max = null
    )
    {
        var conditions = new List<string> { Card.Live };
        var errors = new FieldErrors();
        phone = phone is null ? null : await ReadPhoneAsync(phone, work, clock, errors, cancellationToken);
        email = email is null ? null : ReadEmail(email, errors);
        var fieldFilter = await FieldFilter.ReadAsync(work, customField, value, min, max, errors, cancellationToken);
        if (errors.Any)
        {
            return errors.ToProblem();
        }
        Add(conditions, phone, "c.id = (SELECT contact_id FROM contact_identities WHERE kind = 'phone' AND value = @phone)");
        Add(conditions, email, "c.id = (SELECT contact_id FROM contact_identities WHERE kind = 'email' AND value = @email)");
        Add(conditions, tag, "EXISTS (SELECT FROM contact_tags ct JOIN tags t ON t.id = ct.tag_id AND t.key = @tagKey WHERE ct.contact_id = c.id)");
        Add(conditions, fieldFilter, fieldFilter?.Condition);
        Add(conditions, updatedSince, "c.updated_at >= @updatedSince");
        Add(conditions, cursor, updatedSince is null ? "(c.created_at, c.id) < (@at, @id)" : "(c.updated_at, c.id) > (@at, @id)");
        var parameters = new DynamicParameters(
            new
            {
                phone,
                email,
                tagKey = tag is not null && TagName.TryParse(tag, out var name) ? name.Key : "",
                updatedSince = updatedSince?.ToUniversalTime(),
                at = cursor?.At,
                id = cursor?.Id,
                rows = limit + 1,
            }
        );
        parameters.AddDynamicParams(fieldFilter);
        var cards = await Card.QueryAsync(
            work,
            "WHERE "
                + string.Join(" AND ", conditions)
                + (updatedSince is null ? " ORDER BY c.created_at DESC, c.id DESC" : " ORDER BY c.updated_at, c.id")
                + " LIMIT @rows",
            parameters,
            cancellationToken
        );
        var page = Page.From(cards, limit, card => new(updatedSince is null ? card.CreatedAt : card.UpdatedAt, card.Id));
        return TypedResults.Ok(new Page<ContactResponse>([.. page.Data.Select(card => card.ToResponse())], page.NextCursor));
    }

    private static void Add(List<string> conditions, object? given, string? condition)
    {
        if (given is not null && condition is not null)
        {
            conditions.Add(condition);
        }
    }

    private static async Task<string?> ReadPhoneAsync(
        string phone,
        UnitOfWork work,
        TimeProvider clock,
        FieldErrors errors,
        CancellationToken cancellationToken
    )
    {
        // A + in a query string that was not escaped arrives as a blank.
        var text = phone.StartsWith(' ') ? "+" + phone.TrimStart() : phone;
        var country = text.StartsWith('+') ? PhoneNumber.DefaultCountry : (await WorkspaceSettings.ReadAsync(work, clock, cancellationToken)).DefaultCountry;
        if (PhoneNumber.TryParse(text, country, out var number) || PhoneNumber.TryParseCallerId(text, out number))
        {
            return number.E164;
        }
        errors.Add("phone", "phone: not a telephone number.", "invalid-phone");
        return null;
    }

    private static string? ReadEmail(string email, FieldErrors errors)
    {
        if (EmailAddress.TryParse(email, out var address))
        {
            return address.Value;
        }
        errors.Add("email", "email: not an email address.", "invalid-email");
        return null;
    }
}
