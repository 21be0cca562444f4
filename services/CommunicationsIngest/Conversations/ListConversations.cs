using System.ComponentModel.DataAnnotations;
using CommunicationsIngest.Workspaces;
using Identifiers;
using Messages.CommunicationsIngest;
using Microsoft.AspNetCore.Http.HttpResults;
using ServiceDefaults.Api;
using ServiceDefaults.Postgres;
using ServiceDefaults.Problems;

namespace CommunicationsIngest.Conversations;

internal static class ListConversations
{
    /// <summary>Lists conversations, those with the latest activity first; with <c>updated_since</c>, oldest activity first, so that a copy can be kept up to date.</summary>
    /// <param name="channel">call, text or chat.</param>
    /// <param name="contactId">Only this contact's, or those of the contact that it was merged into.</param>
    /// <param name="phone">Only those with this number on the other side: E.164, or as written in the workspace's country.</param>
    /// <param name="updatedSince">Only those with activity at this time or later.</param>
    /// <param name="limit">1 to 200, 50 where it is not given.</param>
    /// <param name="cursor">The next_cursor of the page before.</param>
    public static async Task<Results<Ok<Page<ConversationResponse>>, ProblemHttpResult>> HandleAsync(
        UnitOfWork work,
        CancellationToken cancellationToken,
        [Microsoft.AspNetCore.Mvc.FromQuery(Name = "channel")] string? channel = null,
        [Microsoft.AspNetCore.Mvc.FromQuery(Name = "contact_id")] Guid? contactId = null,
        [Microsoft.AspNetCore.Mvc.FromQuery(Name = "phone")] string? phone = null,
        [Microsoft.AspNetCore.Mvc.FromQuery(Name = "updated_since")] DateTimeOffset? updatedSince = null,
        [Range(1, Page.MaxLimit)] int limit = Page.DefaultLimit,
        Cursor? cursor = null
    )
    {
        if (!ChannelFilter.TryParse(channel, out var wanted))
        {
            return ChannelFilter.Problem();
        }
        PhoneNumber number = default;
        if (phone is not null && !PhoneNumber.TryParse(phone, await DefaultCountry.ReadAsync(work, cancellationToken), out number))
        {
            return Problem.Invalid("phone", "This is not a phone number.", "invalid-phone");
        }
        var rows = await work.QueryAsync<ConversationRow>(
            Sql(wanted, contactId, number, updatedSince, cursor),
            new
            {
                channel,
                contactId,
                phone = number.E164,
                updatedSince = updatedSince?.ToUniversalTime(),
                limit,
                at = cursor?.At,
                id = cursor?.Id,
            },
            cancellationToken
        );
        var page = Page.From(rows, limit, row => new Cursor(row.LastActivityAt, row.Id));
        return TypedResults.Ok(new Page<ConversationResponse>([.. page.Data.Select(row => row.ToResponse())], page.NextCursor));
    }

    private static string Sql(Channel? channel, Guid? contactId, PhoneNumber phone, DateTimeOffset? updatedSince, Cursor? cursor)
    {
        var (further, order) = updatedSince is null ? ("<", "DESC") : (">", "ASC");
        var conditions = new List<string>();
        if (channel is not null)
        {
            conditions.Add("c.channel = @channel");
        }
        if (contactId is not null)
        {
            conditions.Add("c.contact_id = (SELECT surviving_contact(@contactId))");
        }
        if (phone.E164 is not null)
        {
            conditions.Add("c.participant = @phone AND c.participant_kind = 'phone'");
        }
        if (updatedSince is not null)
        {
            conditions.Add("a.last_activity_at >= @updatedSince");
        }
        if (cursor is not null)
        {
            conditions.Add($"(a.last_activity_at, a.conversation_id) {further} (@at, @id)");
        }
        var where = conditions.Count == 0 ? "" : $"WHERE {string.Join(" AND ", conditions)}";
        return $"{ConversationRow.Select}\n{where}\nORDER BY a.last_activity_at {order}, a.conversation_id {order} LIMIT @limit + 1";
    }
}
