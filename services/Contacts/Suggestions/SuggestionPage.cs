using Contacts.Captures;
using Contacts.Cards;
using Messages;
using ServiceDefaults.Api;
using ServiceDefaults.Postgres;

namespace Contacts.Suggestions;

/// <summary>Suggestions, newest first, each beside what its contact has now.</summary>
internal static class SuggestionPage
{
    public static async Task<Page<SuggestionResponse>> ReadAsync(
        UnitOfWork work,
        string status,
        Guid? contactId,
        string? field,
        Cursor? cursor,
        int limit,
        CancellationToken cancellationToken
    )
    {
        var values = await work.QueryAsync<CapturedValue>(
            CapturedValueRows.Select
                + """
                v
                WHERE status = @status
                  AND EXISTS (SELECT FROM contacts c WHERE c.id = v.contact_id AND c.merged_into IS NULL)

                """
                + (contactId is null ? "" : "AND contact_id = @contactId ")
                + (field is null ? "" : "AND field = @field ")
                + (cursor is null ? "" : "AND (created_at, id) < (@at, @id) ")
                + "ORDER BY created_at DESC, id DESC LIMIT @rows",
            new
            {
                status,
                contactId,
                field,
                at = cursor?.At,
                id = cursor?.Id,
                rows = limit + 1,
            },
            cancellationToken
        );
        var page = Page.From(values, limit, value => new(value.CreatedAt, value.Id));
        return new(await ToResponsesAsync(work, page.Data, cancellationToken), page.NextCursor);
    }

    public static async Task<IReadOnlyList<SuggestionResponse>> ToResponsesAsync(
        UnitOfWork work,
        IReadOnlyList<CapturedValue> values,
        CancellationToken cancellationToken
    )
    {
        var ids = values.Select(value => value.ContactId).Distinct().ToArray();
        var cards = (ids.Length == 0 ? [] : await Card.FindAllAsync(work, ids, cancellationToken)).ToDictionary(card => card.Id);
        return [.. values.Select(value => ToResponse(value, cards.GetValueOrDefault(value.ContactId)?.State ?? ContactState.Empty))];
    }

    private static SuggestionResponse ToResponse(CapturedValue value, ContactState state) =>
        new()
        {
            Id = value.Id,
            ContactId = value.ContactId,
            Field = value.Field,
            Value = value.Value,
            Current = CapturedFields.IsIdentity(value.Field) ? state.PrimaryOf(value.Field) : CapturedFields.ValueOf(state, value.Field),
            Status = Enum.Parse<SuggestionStatus>(value.Status, ignoreCase: true),
            Source = Enum.Parse<ActorKind>(value.Source, ignoreCase: true),
            Actor = value.ActorId,
            SaidAt = value.SaidAt,
            Evidence = value.ReadEvidence(),
            CreatedAt = value.CreatedAt,
        };
}
